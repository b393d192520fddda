package dev.handoff.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** Where all requests of a route set come in: they are noted, and answered by whoever is on the other end. */
final class Wire implements AutoCloseable {

    static {
        // Head and body are written by themselves, and the second would wait for the first to be acknowledged.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    /** Who answers. */
    interface OtherEnd {

        /** @return null: the connection is closed without an answer */
        Reply answer(Sent sent) throws IOException;
    }

    /** An answer. */
    record Reply(int status, Map<String, List<String>> headers, byte[] body) {

        static Reply json(int status, String json) {
            return new Reply(status, Map.of("Content-Type", List.of("application/json")),
                    json.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** @param reply null: there was none */
    record Exchange(Sent sent, Reply reply) {
    }

    private final HttpServer server;
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    private volatile OtherEnd otherEnd = sent -> Reply.json(500, "{\"error\":\"nobody is on the other end\"}");

    Wire() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "conformance-wire");
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on, with nothing noted. */
    void connect(OtherEnd end) {
        otherEnd = end;
        exchanges.clear();
    }

    OtherEnd otherEnd() {
        return otherEnd;
    }

    /** As {@link #connect}, with what was noted kept. */
    void exchange(OtherEnd end) {
        otherEnd = end;
    }

    List<Exchange> exchanges() {
        return List.copyOf(exchanges);
    }

    private void answer(HttpExchange exchange) throws IOException {
        Map<String, List<String>> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        Sent sent = new Sent(exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers,
                exchange.getRequestBody().readAllBytes());
        Reply reply = otherEnd.answer(sent);
        exchanges.add(new Exchange(sent, reply));
        if (reply == null) {
            throw new IOException("closed without an answer");
        }
        reply.headers().forEach((name, values) -> exchange.getResponseHeaders().put(name, values));
        boolean empty = reply.body().length == 0 || reply.status() == 204 || reply.status() == 304;
        exchange.sendResponseHeaders(reply.status(), empty ? -1 : reply.body().length);
        if (!empty) {
            exchange.getResponseBody().write(reply.body());
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
