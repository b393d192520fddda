package dev.handoff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Calls the API as a bot or an operator does. */
public final class Api {

    public static final ObjectMapper JSON = new ObjectMapper();

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();

    private final String base;
    private final String key;

    public Api(String base, String key) {
        this.base = base;
        this.key = key;
    }

    /** An answer: its status and its JSON. */
    public record Answer(int status, JsonNode body, HttpResponse<String> raw) {

        public String text(String pointer) {
            return body.at(pointer).isMissingNode() ? null : body.at(pointer).asText();
        }
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, Object body) {
        return join(postAsync(path, body));
    }

    public Answer put(String path, Object body) {
        return send(request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(text(body))));
    }

    public CompletableFuture<Answer> postAsync(String path, Object body) {
        return sendAsync(request(path).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text(body))));
    }

    /** Posts one message of the session. */
    public Answer message(String session, String author, String text) {
        return message(session, null, author, text);
    }

    public Answer message(String session, String id, String author, String text) {
        ObjectNode body = JSON.createObjectNode().put("author", author).put("text", text);
        if (id != null) {
            body.put("id", id);
        }
        return post("/sessions/" + session + "/messages", body);
    }

    /** Hands the session over; {@code json} with single quotes for double ones. */
    public Answer handoff(String session, String json) {
        return post("/sessions/" + session + "/handoff", json(json));
    }

    public Answer session(String session) {
        return get("/sessions/" + session);
    }

    public JsonNode log(String session) {
        return get("/sessions/" + session + "/log").body().path("entries");
    }

    /** As an operator: what the session has in the list of what could not be delivered; a missing node if nothing. */
    public JsonNode undelivered(String session) {
        for (JsonNode item : get("/undelivered").body().path("undelivered")) {
            if (item.path("session").asText().equals(session)) {
                return item;
            }
        }
        return JSON.missingNode();
    }

    /** As an operator: lets {@link #undelivered} be tried anew. */
    public Answer retry(JsonNode undelivered) {
        return post("/undelivered/" + undelivered.path("id").asText() + "/retry", "{}");
    }

    public static JsonNode json(String quoted) {
        try {
            return JSON.readTree(quoted.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(60));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    private static String text(Object body) {
        return body instanceof String text ? text : JSON.valueToTree(body).toString();
    }

    private Answer send(HttpRequest.Builder request) {
        return join(sendAsync(request));
    }

    private static CompletableFuture<Answer> sendAsync(HttpRequest.Builder request) {
        return CLIENT.sendAsync(request.build(), BodyHandlers.ofString()).thenApply(Api::answer);
    }

    private static Answer join(CompletableFuture<Answer> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Answer answer(HttpResponse<String> raw) {
        try {
            return new Answer(raw.statusCode(), JSON.readTree(raw.body().isBlank() ? "{}" : raw.body()), raw);
        } catch (IOException e) {
            throw new UncheckedIOException("Not JSON: " + raw.body(), e);
        }
    }
}
