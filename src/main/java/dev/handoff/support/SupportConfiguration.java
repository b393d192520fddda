package dev.handoff.support;

import java.nio.file.Path;
import java.util.List;

import dev.handoff.HandoffProperties;
import dev.handoff.routes.RouteFolders;
import dev.handoff.routes.RouteGate;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the connections; a configuration that cannot work is refused here, before any route is loaded. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HandoffProperties.class)
class SupportConfiguration {

    @Bean
    CheckedConnections checkedConnections(HandoffProperties properties, ObjectProvider<ConnectionSource> sources) {
        return new CheckedConnections(Connections.check(properties, sources.orderedStream().toList(),
                new SystemDescriptions(Path.of(properties.routes(), "support"))));
    }

    @Bean
    RouteFolders supportRoutes(CheckedConnections connections) {
        return new SupportRoutes(connections.all());
    }

    @Bean(destroyMethod = "close")
    PoolingHttpClientConnectionManager supportHttpPool(CheckedConnections connections, HandoffProperties properties) {
        return HttpClientSetup.pool(connections.all(), properties.bots().values().stream()
                .filter(bot -> bot.callback() != null).mapToInt(bot -> bot.callback().concurrency()).sum());
    }

    @Bean
    ComponentCustomizer supportHttpClient(PoolingHttpClientConnectionManager supportHttpPool) {
        return ComponentCustomizer.forType(HttpComponent.class,
                http -> HttpClientSetup.apply(http, supportHttpPool));
    }

    @Bean
    SupportSystems supportSystems(CamelContext camel, ProducerTemplate template, RouteGate gate,
            CheckedConnections connections) {
        return new ConfiguredSystems(connection ->
                new RouteSet(connection, new RouteCall(camel, template, gate, connection)), connections.all());
    }

    @Bean
    SupportDirectory supportDirectory(SupportSystems systems) {
        return new SupportDirectory(systems);
    }

    /** A list by itself would be taken by Spring for a collection of beans. */
    record CheckedConnections(List<Connection> all) {
    }
}
