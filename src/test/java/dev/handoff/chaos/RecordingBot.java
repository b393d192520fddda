package dev.handoff.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.handoff.Api;

/** A bot's callback that fails, hangs, breaks off and says "gone" at times, and remembers what it has taken. */
final class RecordingBot implements AutoCloseable {

    static final String SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final long HANG_MILLIS = 3000;

    private final Webhook webhook = new Webhook(SECRET);
    private final Random dice;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ScheduledExecutorService hanging = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, List<JsonNode>> taken = new LinkedHashMap<>();
    private final Map<String, Integer> faults = new TreeMap<>();
    private int forged;
    private volatile boolean failing;
    private volatile boolean leaving;

    RecordingBot(long seed) {
        dice = new Random(seed);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** @param leave whether it answers 410 at times, after which only a start of the application wakes the lane */
    void fails(boolean now, boolean leave) {
        failing = now;
        leaving = leave;
    }

    /** What it has taken of a session, in the order of arrival, repeats included. */
    synchronized List<JsonNode> taken(String session) {
        return new ArrayList<>(taken.getOrDefault(session, List.of()));
    }

    /** How many messages of agents it has taken, repeats included. */
    synchronized long answers() {
        return taken.values().stream().flatMap(List::stream).filter(one -> one.path("kind").asText().equals("message"))
                .count();
    }

    synchronized Map<String, Integer> faults() {
        return new TreeMap<>(faults);
    }

    /** Calls whose signature was not ours. */
    synchronized int forged() {
        return forged;
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        String length = exchange.getRequestHeaders().getFirst("Content-Length");
        if (length != null && bytes.length < Long.parseLong(length)) {
            // Whoever sent it was killed in the middle.
            exchange.close();
            return;
        }
        String body = new String(bytes, StandardCharsets.UTF_8);
        switch (fault(exchange, body)) {
            case "callback-500" -> answer(exchange, 500);
            case "callback-410" -> answer(exchange, 410);
            // No answer, and no thread that waits: the connection ends when everybody has given up.
            case "callback-hang" -> hanging.schedule(exchange::close, HANG_MILLIS, TimeUnit.MILLISECONDS);
            case "callback-reset" -> exchange.close();
            default -> answer(exchange, 204);
        }
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(status, -1);
        }
    }

    /** Decides what goes wrong; what is taken is noted before the answer, as a bot that commits first does. */
    private synchronized String fault(HttpExchange exchange, String body) throws IOException {
        try {
            webhook.verify(body, exchange.getRequestHeaders());
        } catch (WebhookVerificationException e) {
            forged++;
        }
        int roll = failing ? dice.nextInt(1000) : 1000;
        String fault = roll < 60 ? "callback-500" : roll < 90 ? "callback-hang" : roll < 130 ? "callback-reset"
                : roll < 133 && leaving ? "callback-410" : "";
        if (!fault.isEmpty()) {
            faults.merge(fault, 1, Integer::sum);
        }
        if (fault.isEmpty() || fault.equals("callback-reset")) {
            JsonNode json = Api.JSON.readTree(body);
            json.path("entries").forEach(entry -> taken
                    .computeIfAbsent(json.path("session").asText(), key -> new ArrayList<>()).add(entry));
        }
        return fault;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        hanging.shutdownNow();
    }
}
