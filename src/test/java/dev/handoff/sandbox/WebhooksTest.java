package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

    private static final String SECRET = "wh-secret";
    private static final long ADA = 2;

    private record Received(Map<String, List<String>> headers, byte[] raw, JsonNode json) {

        String header(String name) {
            return headers.getOrDefault(name, List.of("")).get(0);
        }

        String event() {
            return json.path("event").asText();
        }
    }

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private volatile int answer = 200;
    private HttpServer receiver;
    private SandboxServer server;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newCachedThreadPool());
        receiver.createContext("/", exchange -> {
            byte[] raw = exchange.getRequestBody().readAllBytes();
            received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), raw, new ObjectMapper().readTree(raw)));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        receiver.start();
        server = new SandboxServer(0);
        server.start();
        caller = Caller.of(server);
    }

    @AfterEach
    void stop() {
        server.stop();
        receiver.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    }

    private List<String> events() {
        return received.stream().map(Received::event).toList();
    }

    private void awaitReceived(int count) {
        await().atMost(Duration.ofSeconds(5)).until(() -> received.size() >= count);
    }

    @Test
    void anAnswerIsToldSignedOverTimeStampAndBody() throws IOException {
        long conversation = caller.conversation("s1");
        server.webhooks().account(url(), SECRET, "message_created");
        server.agents().reply(conversation, ADA, "Good morning");
        awaitReceived(1);

        Received hook = received.get(0);
        assertThat(hook.header("X-chatwoot-signature")).isEqualTo(WebhookSender.signature(SECRET,
                hook.header("X-chatwoot-timestamp"), hook.raw()));
        assertThat(Long.parseLong(hook.header("X-chatwoot-timestamp")))
                .isCloseTo(Instant.now().getEpochSecond(), org.assertj.core.data.Offset.offset(10L));
        assertThat(hook.header("X-chatwoot-delivery")).matches("[0-9a-f-]{36}");
        assertThat(hook.json().path("content").asText()).isEqualTo("Good morning");
        assertThat(hook.json().path("message_type").asText()).isEqualTo("outgoing");
        assertThat(hook.json().at("/sender/type").asText()).isEqualTo("user");
        assertThat(hook.json().at("/conversation/id").asLong()).isEqualTo(conversation);
        assertThat(new String(hook.raw(), StandardCharsets.UTF_8)).contains("Good morning");
    }
}
