package dev.handoff.conformance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import dev.handoff.conformance.Wire.Reply;

/** Passes requests on to a real server. */
final class Forwarder implements Wire.OtherEnd {

    private static final Set<String> OUR_OWN =
            Set.of("host", "connection", "content-length", "transfer-encoding", "expect", "upgrade", "keep-alive");

    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER).connectTimeout(Duration.ofSeconds(10)).build();
    private final String origin;

    /** @param origin scheme, host and port */
    Forwarder(String origin) {
        this.origin = origin;
    }

    @Override
    public Reply answer(Sent sent) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(origin + sent.target()))
                .timeout(Duration.ofSeconds(60))
                .method(sent.method(), sent.body().length == 0 ? BodyPublishers.noBody()
                        : BodyPublishers.ofByteArray(sent.body()));
        sent.headers().forEach((name, values) -> {
            if (!OUR_OWN.contains(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        try {
            HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
            Map<String, List<String>> headers = new HashMap<>(answer.headers().map());
            headers.keySet().removeIf(name -> OUR_OWN.contains(name.toLowerCase(Locale.ROOT)) || name.startsWith(":"));
            return new Reply(answer.statusCode(), headers, answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
