package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

import dev.handoff.session.Author;
import dev.handoff.session.HandoffRequest;
import dev.handoff.session.KeyConflict;

class HandoffCallTest extends ApiTest {

    @Test
    void isPassedOnAndAnswered() {
        Api.Answer answer = api.post(HANDOFF, """
                {"id": "h-1", "user": {"id": "4711"}, "unfinishedIntents": ["flights_3.ChangeFlight", "Book a hotel"],
                 "history": [{"id": "m-1", "author": "user", "text": "hello"}, {"author": "bot", "text": "hi"}],
                 "team": "Travel", "note": "VIP", "wait": 3}""");

        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        assertThat(answer.json().path("status").asText()).isEqualTo("transferred");
        assertThat(answer.json().path("control").asText()).isEqualTo("queue");
        assertThat(answer.json().path("epoch").asInt()).isEqualTo(1);
        assertThat(answer.json().path("team")).hasToString("{\"id\":\"3\",\"name\":\"travel\"}");
        assertThat(answer.json().path("because").asText()).isEqualTo("named by the bot");
        assertThat(answer.json().path("agentsOnline").asInt()).isEqualTo(2);
        assertThat(answer.json().at("/conversation/url").asText()).isEqualTo("https://desk.example.org/17");
        assertThat(answer.json().has("choices")).isFalse();
        HandoffRequest request = services.requests.get(0);
        assertThat(request.patience()).isEqualTo(Duration.ofSeconds(3));
        assertThat(request.team()).isEqualTo("Travel");
        assertThat(request.note()).isEqualTo("VIP");
        assertThat(request.unfinishedIntents()).containsExactly("flights_3.ChangeFlight", "Book a hotel");
        assertThat(request.history()).extracting(message -> message.author()).containsExactly(Author.USER, Author.BOT);
    }

    @Test
    void asksForNothing() {
        assertThat(api.post(HANDOFF, "{}").status()).isEqualTo(200);
        assertThat(services.requests.get(0).patience()).isEqualTo(Duration.ofSeconds(10));
        assertThat(services.requests.get(0).history()).isEmpty();
    }

    @Test
    void takes2000EntriesOfHistory() {
        assertThat(api.post(HANDOFF, "{\"history\": [" + "{\"author\": \"user\", \"text\": \"x\"},".repeat(1999)
                + "{\"author\": \"user\", \"text\": \"x\"}]}").status()).isEqualTo(200);
        assertThat(services.requests.get(0).history()).hasSize(2000);
    }

    /** The server has ten threads. If waiting held one, the eleventh request would never come in. */
    @Test
    void threeHundredWaitAtOnceOnTenThreads() {
        services.answerAtOnce = false;
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            answers.add(api.http().sendAsync(api.withKey("/v1/bots/shop/sessions/s" + i + "/handoff", Api.SHOP_KEY)
                    .POST(BodyPublishers.ofString("{\"wait\": 30}")).build(), BodyHandlers.ofString()));
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> services.waiting.size() == 300);
        assertThat(answers).noneMatch(CompletableFuture::isDone);
        assertThat(api.get("/v1/bots/shop/routing", Api.SHOP_KEY).status()).isEqualTo(200);

        services.waiting.forEach(waiting -> waiting.complete(Services.transferred()));

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.join().statusCode()).isEqualTo(200);
            assertThat(answer.join().body()).contains("\"status\":\"transferred\"");
        });
    }

    @Test
    void whatFailsLaterIsAProblemAsWell() {
        services.answerAtOnce = false;
        Api.Answer conflict = answeredLate(new CompletionException(new KeyConflict("The id 'h' is taken.")));
        Api.Answer database = answeredLate(new DataAccessResourceFailureException("no connection"));
        Api.Answer unforeseen = answeredLate(new IllegalStateException("secret"));

        problem(conflict, 409, "id-taken");
        assertThat(problem(database, 503, "database-unreachable").header("Retry-After")).isNotNull();
        problem(unforeseen, 500, "internal");
        assertThat(unforeseen.http().body()).doesNotContain("secret");
    }

    private Api.Answer answeredLate(Throwable failure) {
        services.waiting.clear();
        CompletableFuture<HttpResponse<String>> answer = api.http().sendAsync(api.withKey(HANDOFF, Api.SHOP_KEY)
                .POST(BodyPublishers.ofString("{}")).build(), BodyHandlers.ofString());
        await().until(() -> services.waiting.size() == 1);
        services.waiting.get(0).completeExceptionally(failure);
        return new Api.Answer(answer.join());
    }
}
