package dev.handoff.sandbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import dev.handoff.HandoffProperties;

/** Runs the sandbox inside the application when {@code handoff.sandbox} is on. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "handoff.sandbox", havingValue = "true")
@EnableConfigurationProperties(HandoffProperties.class)
class SandboxConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(SandboxConfiguration.class);

    /** Listens as soon as the bean exists, so that its port is known to whoever depends on it. */
    @Bean(initMethod = "start", destroyMethod = "stop")
    SandboxServer sandboxServer(HandoffProperties properties) {
        return new SandboxServer(properties.sandboxPort());
    }

    @Bean
    SandboxConnection sandboxConnection(SandboxServer server) {
        return new SandboxConnection(server);
    }

    @EventListener
    void answers(WebServerInitializedEvent started) {
        if (started.getApplicationContext().getServerNamespace() == null) {
            started.getApplicationContext().getBean(SandboxConnection.class)
                    .tell("http://127.0.0.1:" + started.getWebServer().getPort());
            LOG.info("Sandbox: open http://localhost:{}/sandbox in a browser. Write to the demo bot on the right and ask "
                    + "it for a person; answer on the left as an agent, and click Resolve to give the user back",
                    started.getWebServer().getPort());
        }
    }
}
