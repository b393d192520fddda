package dev.handoff.support;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Answers as the test says, over real HTTP, and remembers what was asked. The answer given last wins. */
class ScriptedServer implements AutoCloseable {

    static {
        // It writes head and body by themselves, and the second would wait 40 ms for the first to be acknowledged.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ConcurrentLinkedDeque<Script> scripts = new ConcurrentLinkedDeque<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    ScriptedServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "scripted-server");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    record Request(String method, String path, Headers headers, JsonNode body) {
    }

    record Reply(int status, String body, Map<String, String> headers) {

        static Reply json(String body) {
            return new Reply(200, body, Map.of("Content-Type", "application/json"));
        }

        static Reply status(int status, String body) {
            return new Reply(status, body, Map.of("Content-Type", "application/json"));
        }

        /** No answer: the connection is closed. */
        static Reply reset() {
            return null;
        }
    }

    private record Script(String method, String path, Function<Request, Reply> reply) {
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** @param path a regular expression of path and query */
    void on(String method, String path, Function<Request, Reply> reply) {
        scripts.addFirst(new Script(method, path, reply));
    }

    void on(String method, String path, String json) {
        on(method, path, request -> Reply.json(json));
    }

    List<Request> requests() {
        return requests;
    }

    List<String> calls() {
        return requests.stream().map(request -> request.method() + " " + request.path()).toList();
    }

    void reset() {
        scripts.clear();
        requests.clear();
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                exchange.getRequestHeaders(), JSON.readTree(body));
        requests.add(request);
        Reply reply = scripts.stream()
                .filter(s -> s.method().equals(request.method()) && request.path().matches(s.path()))
                .findFirst().map(Script::reply).orElse(r -> Reply.status(404, "{\"error\":\"not scripted\"}"))
                .apply(request);
        if (reply == null) {
            throw new IOException("closed without an answer");
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
