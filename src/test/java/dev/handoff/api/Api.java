package dev.handoff.api;

import java.io.IOException;
import java.io.UncheckedIOException;
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

/** A client of the API. */
class Api {

    static final String SHOP_KEY = "shop-key-0123456789";
    static final String OTHER_KEY = "other-key-0123456789";
    static final String ADMIN_KEY = "admin-key-0123456789";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Api(int port) {
        this.port = port;
    }

    /** An answer: its status, its headers and its JSON. */
    record Answer(HttpResponse<String> http) {

        int status() {
            return http.statusCode();
        }

        JsonNode json() {
            try {
                return JSON.readTree(http.body());
            } catch (IOException broken) {
                throw new UncheckedIOException(http.body(), broken);
            }
        }

        String header(String name) {
            return http.headers().firstValue(name).orElse(null);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).timeout(Duration.ofSeconds(30));
    }

    HttpRequest.Builder withKey(String path, String key) {
        return request(path).header("Authorization", "Bearer " + key).header("Content-Type", "application/json");
    }

    Answer get(String path, String key) {
        return send(withKey(path, key).GET());
    }

    Answer post(String path, String body) {
        return post(path, BodyPublishers.ofString(body));
    }

    Answer post(String path, BodyPublisher body) {
        return send(withKey(path, SHOP_KEY).POST(body));
    }

    Answer put(String path, String key, String body) {
        return send(withKey(path, key).PUT(BodyPublishers.ofString(body)));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(http.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stop);
        }
    }

    HttpClient http() {
        return http;
    }
}
