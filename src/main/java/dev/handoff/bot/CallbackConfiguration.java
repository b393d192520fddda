package dev.handoff.bot;

import org.apache.camel.component.http.CompositeHttpConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.hc.client5.http.impl.ChainElement;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the deadline of callbacks into the HTTP client. */
@Configuration(proxyBeanMethods = false)
class CallbackConfiguration {

    @Bean
    CallbackDeadline callbackDeadline() {
        return new CallbackDeadline();
    }

    @Bean
    ComponentCustomizer callbackHttpClient(CallbackDeadline deadline) {
        return ComponentCustomizer.forType(HttpComponent.class, http -> http.setHttpClientConfigurer(
                CompositeHttpConfigurer.combineConfigurers(http.getHttpClientConfigurer(), client -> client
                        .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "callback-deadline", deadline))));
    }
}
