package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.sql.SQLNonTransientConnectionException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.transaction.CannotCreateTransactionException;

import dev.handoff.api.http.ProblemType;

@ExtendWith(OutputCaptureExtension.class)
class ProblemsTest extends ApiTest {

    private static final String MESSAGE = "{\"author\": \"user\", \"text\": \"hush\"}";

    @ParameterizedTest
    @ValueSource(strings = {"/v1/nothing", "/nothing", "/", "/v1/bots/shop/nothing", "/v1/bots/shop/sessions/a/b",
        "/v1/bots/shop/teams/", "/error", "/webjars/nothing.js"})
    void unknownPaths(String path) {
        problem(api.get(path, Api.SHOP_KEY), 404, "unknown-path");
        problem(api.send(api.withKey(path, Api.SHOP_KEY).header("Accept", "text/html")), 404, "unknown-path");
    }

    @Test
    void otherMethods() {
        Api.Answer answer = api.get(MESSAGES, Api.SHOP_KEY);
        Api.Answer deleted = api.send(api.withKey("/v1/bots/shop/routing", Api.SHOP_KEY).DELETE());
        Api.Answer page = api.post("/openapi.yaml", "{}");

        assertThat(problem(answer, 405, "method-not-allowed").header("Allow")).isEqualTo("POST");
        assertThat(problem(deleted, 405, "method-not-allowed").json().path("detail").asText())
                .contains("DELETE", "GET", "PUT");
        problem(page, 405, "method-not-allowed");
    }

    @Test
    void typingIsNotDoneYet() {
        problem(api.post(SESSION + "/typing", "{\"on\": true}"), 501, "not-done-yet");
    }

    @Test
    void theInstanceIsThePath() {
        assertThat(api.get(SESSION, Api.SHOP_KEY).json().path("instance").asText()).isEqualTo(SESSION);
    }

    @Test
    void whatNobodyForesawIsLoggedUnderItsIncidentOnly(CapturedOutput output) {
        services.failure = new IllegalStateException("hidden words");

        Api.Answer answer = problem(api.post(MESSAGES, MESSAGE), 500, "internal");

        String incident = answer.json().path("incident").asText();
        assertThat(answer.http().body()).doesNotContain("hidden words").doesNotContain("Exception");
        assertThat(output).contains("Incident " + incident).contains("hidden words").doesNotContain("hush")
                .doesNotContain(Api.SHOP_KEY);
    }

    @Test
    void anUnreachableDatabaseSaysWhenToComeAgain(CapturedOutput output) {
        services.failure = new CannotCreateTransactionException("no connection");
        Api.Answer answer = problem(api.post(MESSAGES, MESSAGE), 503, "database-unreachable");
        assertThat(answer.header("Retry-After")).isEqualTo("2");

        services.failure = new IllegalStateException(new SQLNonTransientConnectionException("gone"));
        problem(api.get(SESSION, Api.SHOP_KEY), 503, "database-unreachable");
        assertThat(output).doesNotContain("hush");
    }

    @Test
    void logLinesOfACallCarryItsSessionAndCannotBeForged(CapturedOutput output) {
        api.post("/v1/bots/shop/sessions/a%0Ab/messages", MESSAGE);

        assertThat(output).contains("[shop/a?b] Appended");
    }

    @Test
    void aBrokenUrlIsAProblemToo() throws IOException {
        for (String line : new String[] {"GET /v1/bots/%zz HTTP/1.1", "GET /../../x HTTP/1.1"}) {
            String answer = raw(line + "\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(answer).as(line).startsWith("HTTP/1.1 4").contains("Content-Type: application/problem+json")
                    .contains("\"status\":4").doesNotContain("<html");
        }
    }

    @Test
    void whoSendsTooMuchAndReadsAfterwardsReadsTheAnswer() throws IOException {
        String head = "POST " + MESSAGES + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + Api.SHOP_KEY
                + "\r\nContent-Type: application/json\r\nContent-Length: 6000000\r\n\r\n";

        assertThat(raw(head + "x".repeat(6_000_000))).startsWith("HTTP/1.1 413").contains("body-too-large");
    }

    @Test
    void aBodyThatBreaksOffIsNotTaken() throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.getOutputStream().write(("POST " + MESSAGES + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + Api.SHOP_KEY + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n" + MESSAGE)
                    .getBytes(StandardCharsets.UTF_8));
            socket.shutdownOutput();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("malformed-request");
        }
        assertThat(services.logs).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ProblemType.class)
    void eachTypeLeadsToItsParagraph(ProblemType type) {
        assertThat(api.send(api.request("/docs/problems.html")).http().body())
                .contains("<dt id=\"" + type.anchor() + "\">" + type.status().value());
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", port); InputStream in = socket.getInputStream()) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anEmptyPostOfNothingIsAProblem() {
        problem(api.send(api.withKey(MESSAGES, Api.SHOP_KEY).POST(BodyPublishers.noBody())), 400, "malformed-json");
    }
}
