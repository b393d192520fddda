package dev.handoff.sandbox;


import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import org.awaitility.Awaitility;

/** Takes webhooks, and checks each against its schema in {@code src/test/resources/chatwoot}. */
final class WebhookReceiver implements AutoCloseable {

    record Received(Headers headers, byte[] raw, JsonNode json) {

        String header(String name) {
            return headers.getFirst(name);
        }

        String event() {
            return json.path("event").asText();
        }

        String text() {
            return json.path("content").asText();
        }
    }

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            byte[] raw = exchange.getRequestBody().readAllBytes();
            received.add(new Received(exchange.getRequestHeaders(), raw, new ObjectMapper().readTree(raw)));
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    void answer(int with) {
        status = with;
    }

    /** From now on nothing is answered until the latch is opened. */
    CountDownLatch hang() {
        gate = new CountDownLatch(1);
        return gate;
    }

    List<Received> await(int count) {
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> received.size() >= count);
        return List.copyOf(received);
    }

    List<Received> soFar() {
        return List.copyOf(received);
    }

    /** What is wrong with what came. */
    List<String> breaches() {
        List<String> breaches = new ArrayList<>();
        for (Received one : received) {
            JsonSchema schema = SCHEMAS.getSchema(
                    SchemaLocation.of("classpath:chatwoot/" + one.event() + ".webhook.json"));
            schema.validate(one.json()).forEach(message -> breaches.add(one.event() + " " + message));
        }
        return breaches;
    }

    @Override
    public void close() {
        gate.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
