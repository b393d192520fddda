package dev.handoff.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;

/** Calls a sandbox over HTTP. Bodies are JSON with single quotes for double ones. */
final class Caller {

    record Reply(int status, JsonNode json, String text, HttpResponse<String> raw) {

        JsonNode at(String pointer) {
            return json.at(pointer);
        }
    }

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();

    private final SandboxServer server;
    private final String token;
    private final Duration timeout;

    Caller(SandboxServer server, String token, Duration timeout) {
        this.server = server;
        this.token = token;
        this.timeout = timeout;
    }

    static Caller of(SandboxServer server) {
        return new Caller(server, SandboxSeed.TOKEN, Duration.ofSeconds(10));
    }

    Caller patience(Duration patience) {
        return new Caller(server, token, patience);
    }

    Caller as(String otherToken) {
        return new Caller(server, otherToken, timeout);
    }

    Reply get(String path) throws IOException {
        return call("GET", path, null);
    }

    Reply post(String path, String body) throws IOException {
        return call("POST", path, body);
    }

    Reply put(String path, String body) throws IOException {
        return call("PUT", path, body);
    }

    /** Paths that begin with {@code ~} are those of account 1. */
    Reply call(String method, String path, String body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).timeout(timeout)
                .method(method, body == null ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (token != null) {
            request.header("api-access-token", token);
        }
        return send(request.build());
    }

    Reply send(HttpRequest request) throws IOException {
        try {
            HttpResponse<String> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), parsed(response.body()), response.body(), response);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    URI uri(String path) {
        return URI.create(server.url() + (path.startsWith("~") ? "/api/v1/accounts/1" + path.substring(1) : path));
    }

    private static JsonNode parsed(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** Makes a contact with this identifier, and gives its id. */
    long contact(String identifier) throws IOException {
        return post("~/contacts", "{'identifier':'" + identifier + "','name':'User " + identifier + "'}")
                .at("/payload/contact/id").asLong();
    }

    /** Opens a conversation with this source id for a contact of the same identifier, and gives its id. */
    long conversation(String sourceId) throws IOException {
        return post("~/conversations", "{'source_id':'" + sourceId + "','inbox_id':1,'contact_id':"
                + contact(sourceId) + "}").at("/id").asLong();
    }
}
