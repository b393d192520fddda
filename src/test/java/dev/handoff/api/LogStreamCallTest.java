package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests for a log are answered by events, and how the others are. */
class LogStreamCallTest extends ApiTest {

    private static final String LOG = SESSION + "/log";

    @BeforeEach
    void session() {
        api.send(api.withKey(MESSAGES, Api.SHOP_KEY)
                .POST(HttpRequest.BodyPublishers.ofString("{\"author\": \"user\", \"text\": \"Hi\"}")));
    }

    private HttpRequest.Builder events(String path, String key) {
        return api.request(path).header("Authorization", "Bearer " + key).header("Accept", "text/event-stream");
    }

    @Test
    void aWrongKeyAnotherBotsKeyAndAnUnknownSessionAreRefused() {
        problem(api.send(api.request(LOG).header("Accept", "text/event-stream")), 401, "key-needed");
        problem(api.send(events(LOG, "no-key-of-anybody-1")), 401, "key-needed");
        problem(api.send(events(LOG, Api.OTHER_KEY)), 404, "unknown-bot");
        problem(api.send(events(LOG, Api.ADMIN_KEY)), 403, "other-key-needed");
        problem(api.send(events("/v1/bots/shop/sessions/nobody/log", Api.SHOP_KEY)), 404, "unknown-session");
        assertThat(services.followers("shop", "web-1")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "one", "9223372036854775808"})
    void aBrokenLastEventIdIsNamed(String id) {
        Api.Answer answer = api.send(events(LOG, Api.SHOP_KEY).header("Last-Event-ID", id));
        field(problem(answer, 400, "invalid-parameter"), "Last-Event-ID", "whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "*/*", "text/html, application/json;q=0.9", "not a type"})
    void whoDoesNotAskForEventsGetsJson(String accept) {
        Api.Answer answer = api.send(api.request(LOG).header("Authorization", "Bearer " + Api.SHOP_KEY)
                .header("Accept", accept));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.json().path("entries")).hasSize(1);
        assertThat(services.reads).contains("shop");
    }

    @Test
    void eventsAreFlushedAtOnceAndNotFollowedAfterTheClientHasGone() throws Exception {
        HttpResponse<InputStream> answer = HttpClient.newHttpClient()
                .send(events(LOG, Api.SHOP_KEY).header("Last-Event-ID", "").build(), BodyHandlers.ofInputStream());
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("retry:1000");
            assertThat(untilData(lines)).contains("\"seq\":1,\"side\":\"bot\",\"kind\":\"message\",\"author\":\"user\"");
            assertThat(services.followers("shop", "web-1")).isEqualTo(1);
        }
        await().untilAsserted(() -> {
            services.post("shop", "web-1", message(), null);
            assertThat(services.followers("shop", "web-1")).isZero();
        });
    }

    private static dev.handoff.session.Message message() {
        return new dev.handoff.session.Message(null, dev.handoff.session.Author.USER, "More", null, null, null);
    }

    private static String untilData(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (!line.startsWith("data:")) {
            line = lines.readLine();
        }
        return line;
    }
}
