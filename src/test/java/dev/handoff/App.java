package dev.handoff;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/** The real application, started in this JVM as {@code main} starts it, on a free port. */
public final class App implements AutoCloseable {

    public static final String BOT_KEY = "shop-key-0123456789";
    public static final String OTHER_BOT_KEY = "bank-key-0123456789";
    public static final String ADMIN_KEY = "admin-key-0123456789";

    private final ConfigurableApplicationContext context;

    private App(Map<String, Object> properties, BeanPostProcessor[] watchers, ApplicationListener<?>... listeners) {
        context = new SpringApplicationBuilder(HandoffApplication.class).listeners(listeners)
                .initializers(fresh -> List.of(watchers).forEach(fresh.getBeanFactory()::addBeanPostProcessor))
                .run(properties.entrySet().stream().map(e -> "--" + e.getKey() + "=" + e.getValue())
                        .toArray(String[]::new));
    }

    /** @param watchers see every bean */
    public static App start(Map<String, Object> properties, BeanPostProcessor... watchers) {
        return new App(properties, watchers);
    }

    /** @param opened is told when the port opens, before the routes are there */
    static App start(Map<String, Object> properties, ApplicationListener<ServletWebServerInitializedEvent> opened) {
        return new App(properties, new BeanPostProcessor[0], opened);
    }

    /**
     * Two bots, {@code shop} and {@code bank}, on the connection {@code desk}; short times, so that tests are short.
     *
     * @param desk null: the connection is still to be declared
     */
    public static Map<String, Object> properties(String databaseUrl, SandboxServer desk) {
        Map<String, Object> properties = properties(databaseUrl);
        if (desk != null) {
            connection(properties, "desk", desk);
        }
        return properties;
    }

    /** As {@link #properties(String, SandboxServer)}, for a desk in another process. */
    public static Map<String, Object> properties(String databaseUrl, int deskPort) {
        Map<String, Object> properties = properties(databaseUrl);
        connection(properties, "desk", deskPort);
        return properties;
    }

    private static Map<String, Object> properties(String databaseUrl) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", 0);
        properties.put("spring.datasource.url", databaseUrl);
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.config.location", "classpath:/application.yaml");
        properties.put("handoff.sandbox", false);
        bot(properties, "shop", BOT_KEY, "desk");
        bot(properties, "bank", OTHER_BOT_KEY, "desk");
        properties.put("handoff.admin.keys[0]", ADMIN_KEY);
        properties.put("handoff.lane.first-retry", "50ms");
        properties.put("handoff.lane.longest-retry", "500ms");
        properties.put("handoff.lane.poll", "50ms");
        return properties;
    }

    public static void connection(Map<String, Object> properties, String name, SandboxServer desk) {
        connection(properties, name, desk.port());
    }

    private static void connection(Map<String, Object> properties, String name, int deskPort) {
        String key = "handoff.connections." + name;
        properties.put(key + ".system", "chatwoot");
        properties.put(key + ".settings.base-url", "http://localhost:" + deskPort);
        properties.put(key + ".settings.account-id", 1);
        properties.put(key + ".settings.inbox-id", 1);
        properties.put(key + ".settings.agent-bot-id", 1);
        properties.put(key + ".settings.token", SandboxSeed.TOKEN);
        properties.put(key + ".timeout", "2s");
        properties.put(key + ".capabilities.settles-in", "1s");
        // Only at the start, unless a test says otherwise.
        properties.put(key + ".sweep", "1h");
    }

    public static void bot(Map<String, Object> properties, String id, String key, String connection) {
        String path = "handoff.bots." + id;
        properties.put(path + ".keys[0]", key);
        properties.put(path + ".support[0]", connection);
        properties.put(path + ".routing.default", "Front Desk");
        properties.put(path + ".routing.ask-intent", true);
        properties.put(path + ".routing.teams[0].team", "Payments");
        properties.put(path + ".routing.teams[0].intents[0]", "banks_2.*");
        properties.put(path + ".routing.teams[1].team", "Bookings");
        properties.put(path + ".routing.teams[1].intents[0]", "hotels_1.ReserveHotel");
        properties.put(path + ".routing.teams[2].team", "Travel");
        properties.put(path + ".routing.teams[2].intents[0]", "hotels_1.*");
        properties.put(path + ".routing.teams[2].intents[1]", "flights_3.*");
    }

    /** Declares another routing table, without asking the user. */
    public static void routing(Map<String, Object> properties, String bot, JsonNode table) {
        String path = "handoff.bots." + bot + ".routing";
        properties.keySet().removeIf(key -> key.startsWith(path + "."));
        properties.put(path + ".default", table.path("default").asText());
        for (int row = 0; row < table.path("teams").size(); row++) {
            JsonNode team = table.path("teams").get(row);
            properties.put(path + ".teams[" + row + "].team", team.path("team").asText());
            for (int i = 0; i < team.path("intents").size(); i++) {
                properties.put(path + ".teams[" + row + "].intents[" + i + "]", team.path("intents").get(i).asText());
            }
        }
    }

    /** Lets a bot be told by its callback. */
    static void callback(Map<String, Object> properties, String bot, String url) {
        String key = "handoff.bots." + bot + ".callback";
        properties.put(key + ".url", url);
        properties.put(key + ".secret", TestBot.SECRET);
        properties.put(key + ".timeout", "1s");
    }

    public String url() {
        return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
    }

    public Api bot() {
        return new Api(url() + "/v1/bots/shop", BOT_KEY);
    }

    public Api otherBot() {
        return new Api(url() + "/v1/bots/bank", OTHER_BOT_KEY);
    }

    public Api admin() {
        return new Api(url() + "/v1/admin", ADMIN_KEY);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
