package dev.handoff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import org.springframework.util.FileSystemUtils;

/**
 * A small support system over real HTTP, for what the sandbox is too able to show: it keeps no marks of messages,
 * writes HTML, begins a conversation with a text, and does not tell which conversations have changed. Its route set
 * is {@code src/test/resources/routes/support/slate}.
 */
final class Slate implements AutoCloseable {

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Conversation> conversations = new LinkedHashMap<>();
    private final List<JsonNode> asked = new ArrayList<>();
    private Consumer<String> before = operation -> { };

    /** A conversation as it stands over there. */
    static final class Conversation {
        final String mark;
        final ArrayNode messages = Api.JSON.createArrayNode();
        String status = "pending";
        String team;
        final List<Long> readings = new ArrayList<>();
        Consumer<Conversation> afterClosedWasRead = conversation -> { };

        Conversation(String mark) {
            this.mark = mark;
        }

        ObjectNode add() {
            return messages.addObject().put("id", messages.size());
        }
    }

    Slate() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** The application's properties with this as its only support system. */
    Map<String, Object> properties(Path folder) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("routes"), folder);
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/routes/support"), folder.resolve("support"));
        Map<String, Object> properties = App.properties(Database.H2.create(), null);
        properties.put("handoff.routes", folder);
        connection(properties, "desk");
        return properties;
    }

    /** A connection that leads here. */
    void connection(Map<String, Object> properties, String name) {
        String key = "handoff.connections." + name;
        properties.put(key + ".system", "slate");
        properties.put(key + ".settings.base-url", "http://127.0.0.1:" + server.getAddress().getPort());
        properties.put(key + ".settings.token", "slate-token");
        properties.put(key + ".settings.webhook-secret", "slate-secret");
        properties.put(key + ".timeout", "2s");
    }

    synchronized Conversation conversation(String id) {
        return conversations.get(id);
    }

    synchronized int count() {
        return conversations.size();
    }

    synchronized List<String> texts(String id) {
        List<String> texts = new ArrayList<>();
        conversations.get(id).messages.forEach(m -> texts.add(m.path("author").asText() + ": " + m.path("text").asText()));
        return texts;
    }

    synchronized void agentSays(String id, String html) {
        conversations.get(id).add().put("author", "agent").put("name", "Chloe").put("html", html);
    }

    /** The same message, listed twice. */
    synchronized void agentSaysTwice(String id, String html) {
        Conversation there = conversations.get(id);
        there.messages.add(there.add().put("author", "agent").put("name", "Chloe").put("html", html).deepCopy());
    }

    synchronized void close(String id) {
        conversations.get(id).status = "closed";
    }

    /** What happens when a conversation has been read that is closed. */
    synchronized void afterClosedWasRead(String id, Consumer<Conversation> happens) {
        conversations.get(id).afterClosedWasRead = happens;
    }

    /** Is told of each operation before it is done; what it throws becomes a 500. */
    void before(Consumer<String> happens) {
        before = happens;
    }

    /** When a conversation was read, of {@link System#nanoTime()}. */
    synchronized List<Long> readings(String id) {
        return List.copyOf(conversations.get(id).readings);
    }

    /** All that an operation was asked about a conversation. */
    synchronized List<JsonNode> asked(String operation, String id) {
        return asked.stream().filter(a -> a.path("operation").asText().equals(operation)
                && a.path("refs").path("conversation").asText().equals(id)).toList();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String operation = exchange.getRequestURI().getPath().substring(1);
        ObjectNode request = (ObjectNode) Api.JSON.readTree(exchange.getRequestBody());
        int status = 200;
        JsonNode answer;
        try {
            before.accept(operation);
            answer = answer(operation, request);
            // Done, and then the answer is lost.
            before.accept(operation + " done");
        } catch (RuntimeException e) {
            status = 500;
            answer = Api.JSON.createObjectNode().put("error", e.toString());
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized JsonNode answer(String operation, ObjectNode request) {
        asked.add(request.deepCopy().put("operation", operation));
        Conversation there = conversations.get(request.path("refs").path("conversation").asText());
        return switch (operation) {
            case "create-user" -> Api.JSON.createObjectNode().put("user", "u-" + request.path("body").path("id").asText());
            case "create-conversation" -> create(request);
            case "post" -> there.messages.path(post(there, request.path("body"))).path("id");
            case "find" -> find(there, request.path("posts"));
            case "teams" -> Api.json("[{'id': 3, 'name': 'Travel'}, {'id': 4, 'name': 'Front Desk'}]");
            case "transfer" -> {
                there.status = "open";
                there.team = request.path("body").path("id").asText(null);
                yield Api.JSON.createObjectNode();
            }
            case "state" -> Api.JSON.createObjectNode().put("status", there.status).put("team", there.team);
            case "close" -> {
                there.status = "closed";
                yield Api.JSON.createObjectNode();
            }
            case "events-since" -> read(there, request.path("position").asInt());
            default -> Api.JSON.createArrayNode();
        };
    }

    private JsonNode create(JsonNode request) {
        String mark = request.path("mark").asText();
        String id = conversations.entrySet().stream().filter(c -> c.getValue().mark.equals(mark))
                .map(Map.Entry::getKey).findFirst().orElse(null);
        ObjectNode refs = Api.JSON.createObjectNode();
        if (id == null && request.path("mayCreate").asBoolean()) {
            id = "c" + (conversations.size() + 1);
            conversations.put(id, new Conversation(mark));
            if (request.path("first").isObject()) {
                refs.put("first", post(conversations.get(id), request.path("first")) + 1);
            }
        }
        return id == null ? refs : refs.put("conversation", id);
    }

    /** Gives the index of the new one. */
    private static int post(Conversation there, JsonNode post) {
        there.add().put("author", post.path("author").asText()).put("note", post.path("note").asBoolean())
                .put("text", post.path("text").asText()).put("at", post.path("at").asText()).put("own", true);
        return there.messages.size() - 1;
    }

    /** It keeps no marks: by author, time and text. */
    private static JsonNode find(Conversation there, JsonNode posts) {
        ObjectNode found = Api.JSON.createObjectNode();
        for (JsonNode post : posts) {
            for (JsonNode message : there.messages) {
                if (List.of("author", "text", "at").stream().allMatch(f -> message.path(f).equals(post.path(f)))) {
                    found.set(post.path("mark").asText(), message.path("id"));
                }
            }
        }
        return found;
    }

    private JsonNode read(Conversation there, int position) {
        there.readings.add(System.nanoTime());
        ObjectNode news = Api.JSON.createObjectNode();
        ArrayNode messages = news.putArray("messages");
        for (int i = position; i < there.messages.size(); i++) {
            messages.add(there.messages.get(i));
        }
        news.putObject("levels").put("status", there.status);
        news.put("position", there.messages.size()).put("more", false);
        if (there.status.equals("closed")) {
            Consumer<Conversation> happens = there.afterClosedWasRead;
            there.afterClosedWasRead = conversation -> { };
            happens.accept(there);
        }
        return news;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
