package dev.handoff.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.handoff.support.AnyCall;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;
import org.apache.camel.CamelContext;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;

/** The route sets, loaded as Handoff loads them, with the kit's connections. */
final class RunningRoutes implements AutoCloseable {

    /** The connection that works. */
    static final String MAIN = "kit";
    /** The one whose server is not there. */
    static final String UNREACHABLE = "unreachable";
    /** What begins the name of one whose credentials are wrong. */
    static final String WRONG = "wrong-";
    static final String WRONG_SECRET = "wrong-secret";

    /** No component itself, so that nobody else's scan finds it. */
    @EnableAutoConfiguration
    @ComponentScan({"dev.handoff.support", "dev.handoff.routes"})
    static class Application {
    }

    private final ConfigurableApplicationContext context;

    /** @param deadAddress the account's settings with the address of a server that is not there */
    RunningRoutes(Account account, Map<String, Object> deadAddress, SystemFile file) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("spring.config.location", "classpath:/application.yaml");
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID());
        properties.put("spring.flyway.enabled", false);
        properties.put("logging.level.root", "warn");
        properties.put("handoff.routes", parent(account.routes()));
        connection(properties, MAIN, account.system(), account.settings());
        connection(properties, UNREACHABLE, account.system(), deadAddress);
        for (String credential : file.credentials()) {
            Map<String, Object> settings = new LinkedHashMap<>(account.settings());
            settings.put(credential, WRONG_SECRET);
            connection(properties, WRONG + credential, account.system(), settings);
        }
        context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE).run(arguments(properties));
    }

    static void connection(Map<String, Object> properties, String name, String system, Map<String, Object> settings) {
        String key = "handoff.connections." + name;
        properties.put(key + ".system", system);
        settings.forEach((setting, value) -> properties.put(key + ".settings." + setting, value));
    }

    static String[] arguments(Map<String, Object> properties) {
        List<String> arguments = new ArrayList<>();
        properties.forEach((key, value) -> arguments.add("--" + key + "=" + value));
        return arguments.toArray(String[]::new);
    }

    static Path parent(Path support) {
        return support.toAbsolutePath().getParent();
    }

    SupportSystem connection(String name) {
        return context.getBean(SupportSystems.class).get(name);
    }

    /** Operations of the connection that works, called in any way. */
    AnyCall any() {
        return new AnyCall(context, MAIN);
    }

    CamelContext camel() {
        return context.getBean(CamelContext.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
