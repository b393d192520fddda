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

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import dev.handoff.Api;

/** A bot's callback that fails, hangs, breaks off and says "gone" at times, and remembers what it has taken. */
final class RecordingBot implements AutoCloseable {

    static final String SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final long HANG_MILLIS = 1500;

    private final Webhook webhook = new Webhook(SECRET);
    private final Random dice;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
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

    synchronized Map<String, Integer> faults() {
        return new TreeMap<>(faults);
    }

    /** Calls whose signature was not ours. */
    synchronized int forged() {
        return forged;
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String fault = fault(exchange, body);
        try (exchange) {
            switch (fault) {
                case "callback-500" -> exchange.sendResponseHeaders(500, -1);
                case "callback-410" -> exchange.sendResponseHeaders(410, -1);
                case "callback-hang" -> Thread.sleep(HANG_MILLIS);
                case "callback-reset" -> exchange.getRequestHeaders();
                default -> exchange.sendResponseHeaders(204, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Decides what goes wrong; what is taken is noted before the answer, as a bot that commits first does. */
    private synchronized String fault(HttpExchange exchange, String body) throws IOException {
        try {
            webhook.verify(body, exchange.getRequestHeaders());
        } catch (WebhookVerificationException e) {
            forged++;
        }
        int roll = failing ? dice.nextInt(100) : 100;
        String fault = roll < 6 ? "callback-500" : roll < 9 ? "callback-hang" : roll < 13 ? "callback-reset"
                : roll < 15 && leaving ? "callback-410" : "";
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
    }
}
