package dev.handoff;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A webhook as Chatwoot sends it, with each part as a test wants it. */
final class Hook {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String url;
    private String body = "{}";
    private String secret;
    private Instant time = Instant.now();
    private String delivery = UUID.randomUUID().toString();
    private String signature;
    private final Map<String, String> headers = new LinkedHashMap<>();

    private Hook(String url) {
        this.url = url;
    }

    static Hook to(String url) {
        return new Hook(url);
    }

    /** That a message has come into a conversation of inbox 1. */
    Hook aboutMessageIn(String conversation) {
        body = """
                {"event":"message_created","id":1,"message_type":"outgoing","source_id":null,"content_attributes":{},
                 "conversation":{"id":%s,"inbox_id":1,"contact_inbox":{}}}""".formatted(conversation);
        return this;
    }

    Hook body(String text) {
        body = text;
        return this;
    }

    Hook signedWith(String key) {
        secret = key;
        return this;
    }

    Hook signature(String text) {
        signature = text;
        return this;
    }

    Hook at(Instant when) {
        time = when;
        return this;
    }

    Hook delivery(String id) {
        delivery = id;
        return this;
    }

    Hook header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    int send() {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("X-Chatwoot-Delivery", delivery).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        if (secret != null || signature != null) {
            String timestamp = Long.toString(time.getEpochSecond());
            request.header("X-Chatwoot-Timestamp", timestamp)
                    .header("X-Chatwoot-Signature", signature != null ? signature : sign(timestamp));
        }
        headers.forEach(request::header);
        try {
            HttpResponse<String> answer = CLIENT.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String sign(String timestamp) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of()
                    .formatHex(mac.doFinal((timestamp + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
