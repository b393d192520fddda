package dev.handoff.sandbox.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The public API, as any bot calls it. */
class BotApi {

    /** An answer that is no success, or none at all. */
    static final class Failed extends IOException {

        private final int status;

        Failed(int status, String message) {
            super(message);
            this.status = status;
        }

        /** 0 if there was no answer. */
        int status() {
            return status;
        }
    }

    /** Above the 10 s that a handoff waits by itself. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5)).build();
    private final ObjectMapper json;
    private final String sessions;
    private final String key;

    /** @param base where this application answers */
    BotApi(ObjectMapper json, String base, String bot, String key) {
        this.json = json;
        this.sessions = base + "/v1/bots/" + bot + "/sessions/";
        this.key = key;
    }

    ObjectNode object() {
        return json.createObjectNode();
    }

    JsonNode post(String session, String call, JsonNode body) throws Failed {
        return send("POST", session + "/" + call, BodyPublishers.ofString(body.toString()));
    }

    /** Null if there is no such session. */
    JsonNode state(String session) throws Failed {
        return read(session);
    }

    /** The entries after this one; null if there is no such session. */
    JsonNode log(String session, long after) throws Failed {
        JsonNode log = read(session + "/log?after=" + after);
        return log == null ? null : log.path("entries");
    }

    private JsonNode read(String path) throws Failed {
        try {
            return send("GET", path, BodyPublishers.noBody());
        } catch (Failed failed) {
            if (failed.status() == 404) {
                return null;
            }
            throw failed;
        }
    }

    private JsonNode send(String method, String path, BodyPublisher body) throws Failed {
        HttpRequest request = HttpRequest.newBuilder(URI.create(sessions + path)).timeout(TIMEOUT)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, body).build();
        try {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() / 100 != 2) {
                throw new Failed(answer.statusCode(), method + " answered " + answer.statusCode());
            }
            return json.readTree(answer.body());
        } catch (Failed failed) {
            throw failed;
        } catch (IOException e) {
            throw new Failed(0, method + " got no answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed(0, method + " was interrupted");
        }
    }
}
