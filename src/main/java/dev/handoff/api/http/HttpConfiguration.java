package dev.handoff.api.http;

import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.PlatformHttpConstants;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.catalina.core.StandardHost;
import org.apache.tomcat.util.buf.EncodedSolidusHandling;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.web.servlet.handler.MappedInterceptor;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.handoff.HandoffProperties;

/** How HTTP is spoken, whatever is said. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HandoffProperties.class)
@Import({SpringProblems.class, ErrorPage.class})
class HttpConfiguration {

    /** How many times the limit of bodies is read and thrown away, so that who sends too much can read the answer. */
    private static final long SWALLOWED = 8;

    @Bean
    ProblemWriter problemWriter(ObjectMapper json) {
        return new ProblemWriter(new Problems(), json);
    }

    /** Camel looks for it by this name. */
    @Bean(PlatformHttpConstants.PLATFORM_HTTP_ENGINE_NAME)
    PlatformHttpEngine httpEngine(Environment environment, HandoffProperties handoff, ProblemWriter problems) {
        return new HttpEngine(environment.getProperty("server.port", Integer.class, 8080),
                new RequestBody(handoff.limits().bodyBytes()), problems);
    }

    @Bean
    MappedInterceptor readyCheck(ObjectProvider<CamelContext> camel) {
        return new MappedInterceptor(new String[] {"/v1/**"}, new ReadyCheck(camel));
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatForTheApi(HandoffProperties handoff,
            ProblemWriter problems) {
        int swallowed = (int) Math.min(Integer.MAX_VALUE, SWALLOWED * handoff.limits().bodyBytes());
        return factory -> {
            factory.addConnectorCustomizers(connector -> {
                // Session keys may have slashes and backslashes in them.
                connector.setEncodedSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                connector.setEncodedReverseSolidusHandling(EncodedSolidusHandling.PASS_THROUGH.getValue());
                connector.setProperty("maxSwallowSize", Integer.toString(swallowed));
            });
            factory.addContextCustomizers(context -> {
                if (context.getParent() instanceof StandardHost host) {
                    host.getPipeline().addValve(new ProblemValve(problems));
                }
            });
        };
    }
}
