package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A system that cannot tell which conversations have changed is asked for each, as long as people have it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WithoutChangedSinceTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final long OFTEN_MILLIS = 100;

    @TempDir
    private static Path folder;
    private final Slate slate = new Slate();
    private App app;
    private String session;

    @BeforeAll
    void start() throws IOException {
        Map<String, Object> properties = slate.properties(folder);
        properties.put("handoff.connections.desk.sweep", OFTEN_MILLIS + "ms");
        slate.connection(properties, "seldom");
        properties.put("handoff.connections.seldom.sweep", "1h");
        App.bot(properties, "bank", App.OTHER_BOT_KEY, "seldom");
        app = App.start(properties);
    }

    @AfterAll
    void stop() {
        app.close();
        slate.close();
    }

    @BeforeEach
    void another() {
        session = "s-" + UUID.randomUUID();
    }

    private String handOver(Api bot) {
        Api.Answer answer = bot.handoff(session,
                "{'team': 'Travel', 'wait': 30, 'history': [{'author': 'user', 'text': 'Hi'}, {'author': 'bot', 'text': 'Hello'}]}");
        assertThat(answer.text("/status")).isEqualTo("transferred");
        return answer.text("/conversation/id");
    }

    private List<JsonNode> logged(String kind) {
        return StreamSupport.stream(app.bot().log(session).spliterator(), false)
                .filter(entry -> entry.path("side").asText().equals("support") && entry.path("kind").asText().equals(kind))
                .toList();
    }

    private boolean rests(String conversation) {
        return app.bean(JdbcClient.class).sql("select due is null and owner is null from reader where conversation = ?")
                .param(conversation).query(Boolean.class).single();
    }

    @Test
    void anAgentsAnswerIsReadThoughNoBellRings() {
        String conversation = handOver(app.bot());
        slate.agentSays(conversation, "<p>Hello &amp; welcome</p>");

        await().atMost(LONG).untilAsserted(() -> assertThat(logged("message")).singleElement()
                .satisfies(entry -> assertThat(entry.path("text").asText()).isEqualTo("Hello & welcome")));
        assertThat(logged("left")).as("who has it is not told here").isEmpty();
        assertThat(app.bot().session(session).text("/control")).isEqualTo("agent");
    }

    @Test
    void whatIsThereTwiceInOneAnswerIsOneMessage() {
        String conversation = handOver(app.bot());
        slate.agentSaysTwice(conversation, "<p>Hello</p>");
        await().atMost(LONG).untilAsserted(() -> assertThat(logged("message")).hasSize(1));
        slate.agentSays(conversation, "<p>Are you there?</p>");

        await().atMost(LONG).untilAsserted(() -> assertThat(logged("message")).hasSize(2));
    }

    @Test
    void theLongerNothingIsNewTheRarerItIsRead() {
        String conversation = handOver(app.bot());
        await().atMost(LONG).until(() -> slate.readings(conversation).size() >= 6);

        List<Long> at = slate.readings(conversation);
        for (int i = 1; i < 6; i++) {
            long gap = (at.get(i) - at.get(i - 1)) / 1_000_000;
            // A tenth less by chance; a loaded machine makes it only longer. The first reading found our own handoff.
            assertThat(gap).as("before reading " + i).isGreaterThanOrEqualTo(OFTEN_MILLIS * 8 / 10 * (1L << Math.max(0, i - 2)));
        }
    }

    @Test
    void onceClosedItIsReadOnceMoreAndThenNoMore() {
        String conversation = handOver(app.bot());
        slate.close(conversation);

        await().atMost(LONG).untilAsserted(() -> assertThat(logged("closed")).hasSize(1));
        await().atMost(LONG).until(() -> rests(conversation));

        assertThat(app.bot().session(session).text("/control")).isEqualTo("bot");
        assertThat(slate.readings(conversation)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void aMessageOfOursThatComesLateDoesNotKeepItOpen() {
        String conversation = handOver(app.bot());
        String mark = slate.asked("post", conversation).get(0).path("body").path("mark").asText();
        slate.afterClosedWasRead(conversation, there -> {
            there.add().put("author", "user").put("text", "late").put("mark", mark.replaceAll(":\\d+$", ":999"));
            there.status = "open";
        });
        slate.close(conversation);

        await().atMost(LONG).until(() -> !slate.asked("close", conversation).isEmpty());
        await().atMost(LONG).until(() -> rests(conversation));

        assertThat(slate.conversation(conversation).status).isEqualTo("closed");
        assertThat(logged("closed")).hasSize(1);
        assertThat(slate.asked("close", conversation)).hasSize(1);
    }

    @Test
    void aBellMakesItReadAtOnceAndOftenAgain() {
        String conversation = handOver(app.otherBot());
        JdbcClient database = app.bean(JdbcClient.class);
        assertThat(database.sql("update reader set quiet = 4 where conversation = ?").param(conversation).update())
                .isEqualTo(1);

        assertThat(Hook.to(app.url() + "/v1/webhooks/seldom").header("X-API-Key", "slate-secret")
                .body("{\"conversations\": [{\"id\": \"" + conversation + "\"}], \"events\": []}").send())
                .isEqualTo(200);

        await().atMost(LONG).until(() -> slate.readings(conversation).size() == 1);
        await().atMost(LONG).until(() -> database.sql("select quiet from reader where owner is null and conversation = ?")
                .param(conversation).query(Integer.class).optional().filter(quiet -> quiet <= 1).isPresent());
    }
}
