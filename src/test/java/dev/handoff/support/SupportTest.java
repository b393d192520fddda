package dev.handoff.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.handoff.session.Author;
import dev.handoff.support.ScriptedServer.Reply;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** The route sets over real HTTP to a scripted server: one application for all tests that extend this. */
@SpringBootTest(classes = SupportTest.Application.class, webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = "spring.config.location=classpath:/application.yaml")
abstract class SupportTest {

    static final String CONVERSATION = "/api/v1/accounts/1/conversations/77";
    static final Map<String, String> REFS = Map.of("contact", "4", "conversation", "77");
    static final ScriptedServer SERVER = new ScriptedServer();
    static final Path ROUTES = routes();

    @Autowired
    SupportSystems systems;
    @Autowired
    SupportDirectory directory;
    @Autowired
    CamelContext camel;

    @SpringBootApplication(scanBasePackages = {"dev.handoff.support", "dev.handoff.routes"})
    static class Application {
    }

    @DynamicPropertySource
    static void properties(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:support");
        registry.add("spring.flyway.enabled", () -> "false");
        registry.add("handoff.routes", ROUTES::toString);
        connection(registry, "desk", "chatwoot", SERVER.url());
        registry.add("handoff.connections.desk.settings.agent-bot-id", () -> "7");
        connection(registry, "plain", "chatwoot", SERVER.url());
        connection(registry, "odd", "odd", SERVER.url());
        registry.add("handoff.connections.slate.system", () -> "slate");
        registry.add("handoff.connections.slate.settings.base-url", SERVER::url);
        registry.add("handoff.connections.slate.settings.token", () -> "secret-token");
        registry.add("handoff.connections.template.system", () -> "template");
        registry.add("handoff.connections.template.settings.base-url", SERVER::url);
        registry.add("handoff.connections.template.settings.token", () -> "secret-token");
        registry.add("handoff.connections.seat.system", () -> "intercom");
        registry.add("handoff.connections.seat.settings.base-url", SERVER::url);
        registry.add("handoff.connections.seat.settings.token", () -> "secret-token");
        registry.add("handoff.connections.seat.settings.admin-id", () -> "8");
        registry.add("handoff.connections.quick.timeout", () -> "300ms");
        connection(registry, "quick", "chatwoot", SERVER.url());
        connection(registry, "dead", "chatwoot", "http://127.0.0.1:1");
        connection(registry, "nowhere", "chatwoot", "http://nowhere.invalid");
        connection(registry, "tls", "chatwoot", "https://127.0.0.1:" + PlainPort.open());
    }

    private static void connection(DynamicPropertyRegistry registry, String name, String system, String url) {
        String key = "handoff.connections." + name;
        registry.add(key + ".system", () -> system);
        registry.add(key + ".settings.base-url", () -> url);
        registry.add(key + ".settings.account-id", () -> "1");
        registry.add(key + ".settings.inbox-id", () -> "3");
        registry.add(key + ".settings.token", () -> "secret-token");
    }

    @BeforeEach
    void quiet() {
        SERVER.reset();
    }

    SupportSystem desk() {
        return systems.get("desk");
    }

    static List<SupportSystem.Post> posts(String... marks) {
        return Stream.of(marks).map(mark -> new SupportSystem.Post(mark, false, Author.USER, null, "text of " + mark,
                "2026-11-22T10:00:00Z")).toList();
    }

    static Reply refused(int status, String body) {
        return Reply.status(status, body);
    }

    private static Path routes() {
        try {
            Path routes = Files.createTempDirectory("routes");
            FileSystemUtils.copyRecursively(Path.of("routes/support"), routes.resolve("support"));
            FileSystemUtils.copyRecursively(Path.of("src/test/resources/routes"), routes);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(routes.toFile())));
            return routes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
