package dev.handoff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A bot with a callback, over real HTTP. It verifies each call with a library of the specification's authors. */
final class TestBot implements AutoCloseable {

    static final String SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    static final String OLD_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** How the bot answers a call. */
    interface Answer {
        void to(HttpExchange exchange) throws Exception;
    }

    /** @param genuine whether the signature is ours */
    record Call(String id, String session, String body, List<Long> seqs, boolean genuine, Instant at, boolean taken) {
    }

    private final Webhook webhook;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Map<String, Function<Call, Answer>> answers = new ConcurrentHashMap<>();
    private volatile Function<Call, Answer> usual = call -> status(204);
    private final int port;
    private volatile HttpServer server;

    TestBot() {
        this(SECRET);
    }

    TestBot(String secret) {
        this.webhook = new Webhook(secret);
        this.server = listen(0);
        this.port = server.getAddress().getPort();
    }

    private HttpServer listen(int at) {
        try {
            HttpServer fresh = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            fresh.setExecutor(Executors.newCachedThreadPool(task -> {
                Thread thread = new Thread(task, "test-bot");
                thread.setDaemon(true);
                return thread;
            }));
            fresh.createContext("/", this::take);
            fresh.start();
            return fresh;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + port + "/events?of=bot";
    }

    /** Nobody listens any more. */
    void down() {
        server.stop(0);
    }

    void up() {
        server = listen(port);
    }

    void answers(Answer answer) {
        usual = call -> answer;
    }

    void answers(String session, Answer answer) {
        answersEach(session, call -> answer);
    }

    void answersEach(String session, Function<Call, Answer> answer) {
        answers.put(session, answer);
    }

    void recovers(String session) {
        answers.remove(session);
    }

    void recovers() {
        usual = call -> status(204);
        answers.clear();
    }

    /** All calls about a session, in the order of their arrival. */
    List<Call> calls(String session) {
        return calls.stream().filter(call -> call.session().equals(session)).toList();
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The entries that the bot has taken, each once, as it would show them. */
    List<JsonNode> taken(String session) {
        List<JsonNode> taken = new ArrayList<>();
        long last = 0;
        for (Call call : calls(session)) {
            for (JsonNode entry : call.taken() ? parsed(call.body()).path("entries") : List.<JsonNode>of()) {
                if (entry.path("seq").asLong() > last) {
                    last = entry.path("seq").asLong();
                    taken.add(entry);
                }
            }
        }
        return taken;
    }

    List<Long> takenSeqs(String session) {
        return taken(session).stream().map(entry -> entry.path("seq").asLong()).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        String body = new String(bytes, StandardCharsets.UTF_8);
        JsonNode json = parsed(body);
        List<Long> seqs = new ArrayList<>();
        json.path("entries").forEach(entry -> seqs.add(entry.path("seq").asLong()));
        Call call = new Call(exchange.getRequestHeaders().getFirst("webhook-id"), json.path("session").asText(), body,
                seqs, genuine(exchange, body), Instant.now(), false);
        Answer answer = answers.getOrDefault(call.session(), usual).apply(call);
        calls.add(new Call(call.id(), call.session(), body, seqs, call.genuine(), call.at(), answer instanceof Taken));
        try {
            answer.to(exchange);
        } catch (Exception broken) {
            throw new IOException(broken);
        } finally {
            exchange.close();
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return Api.JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + body, e);
        }
    }

    private boolean genuine(HttpExchange exchange, String body) {
        try {
            webhook.verify(body, exchange.getRequestHeaders());
            return true;
        } catch (WebhookVerificationException e) {
            return false;
        }
    }

    private interface Taken extends Answer {
    }

    static Answer status(int status) {
        Answer answer = exchange -> exchange.sendResponseHeaders(status, -1);
        return status / 100 == 2 ? (Taken) answer::to : answer;
    }

    static Answer status(int status, String header, String value) {
        return exchange -> {
            exchange.getResponseHeaders().set(header, value);
            exchange.sendResponseHeaders(status, -1);
        };
    }

    /** No answer before the bot is closed. */
    Answer hang() {
        return exchange -> closed.await();
    }

    /** Answers when the latch is open. */
    static Answer when(CountDownLatch latch) {
        return (Taken) exchange -> {
            latch.await();
            exchange.sendResponseHeaders(200, -1);
        };
    }

    /** The connection ends without an answer, after the entries were taken. */
    static Answer breakOff() {
        return (Taken) exchange -> {
            throw new IOException("broken off");
        };
    }

    /** A byte of the answer's body now and then, without an end. */
    Answer drip(int status) {
        return exchange -> {
            exchange.sendResponseHeaders(status, 1_000_000);
            while (!closed.await(100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                exchange.getResponseBody().write('.');
                exchange.getResponseBody().flush();
            }
        };
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
