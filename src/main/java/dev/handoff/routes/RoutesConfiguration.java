package dev.handoff.routes;

import java.nio.file.Path;
import java.util.List;

import dev.handoff.HandoffProperties;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires the loading of route files. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HandoffProperties.class)
class RoutesConfiguration {

    @Bean
    RouteGate routeGate() {
        return new RouteGate();
    }

    @Bean
    RouteLoading routeLoading(HandoffProperties properties, List<RouteFolders> folders, RouteGate gate) {
        return new RouteLoading(new RouteFiles(Path.of(properties.routes()), folders), new RouteCheck(), gate);
    }
}
