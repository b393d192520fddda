package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The process is asked to end while calls are under way: they end, nothing is sent twice, and it does not take long. */
class StopTest {

    /** As {@code docs/guarantees.md} says. */
    private static final Duration BOUND = Duration.ofSeconds(50);
    private static final String POSTS =
            "POST /api/v1/accounts/{account_id}/conversations/{conversation_id}/messages";

    private final ChatwootContract contract = new ChatwootContract();
    private SandboxServer desk;

    @BeforeEach
    void open() {
        desk = Desks.start(SandboxSeed.standard().withoutAutoAssign(), contract);
    }

    @AfterEach
    void close() {
        desk.stop();
        contract.assertKept();
    }

    private Map<String, Object> properties(Database database) {
        Map<String, Object> properties = App.properties(database.create(), desk);
        properties.put("handoff.connections.desk.timeout", "12s");
        return properties;
    }

    @ParameterizedTest
    @EnumSource
    void aCallThatIsUnderWayEndsAndNothingIsSentTwice(Database database) {
        Map<String, Object> properties = properties(database);
        String conversation;
        try (AppProcess app = AppProcess.start(properties)) {
            conversation = app.bot().handoff("s", "{'wait': 30, 'team': 'Travel'}").text("/conversation/id");
            desk.faults().add(Fault.latency(Duration.ofSeconds(3)).on("POST", "/messages").next(1));
            app.bot().message("s", "user", "One");
            app.bot().message("s", "user", "Two");
            await().until(() -> desk.faults().list().isEmpty());
            Duration took = app.stop(BOUND);

            System.out.printf("%s: asked to end while a call of 3 s was under way, ended after %d ms%n", database,
                    took.toMillis());
            assertThat(Desks.seen(desk, conversation).lines()).containsExactly("user: One");
            assertThat(app.log()).content().as("nothing is in doubt").doesNotContain(" WARN ", " ERROR ");
        }
        try (AppProcess app = AppProcess.start(properties)) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                    Desks.seen(desk, conversation).lines()).containsExactly("user: One", "user: Two"));
            assertThat(app.bot().session("s").text("/control")).isEqualTo("queue");
            assertThat(desk.calls().get(POSTS)).as("posts").isEqualTo(2);
        }
    }

    @Test
    void whoWaitsForAHandoffIsAnsweredAndHoldsUpNothing() {
        Map<String, Object> properties = properties(Database.H2);
        try (AppProcess app = AppProcess.start(properties)) {
            desk.down();
            CompletableFuture<Api.Answer> waiting = app.bot().postAsync("/sessions/s/handoff",
                    Api.json("{'wait': 30, 'team': 'Travel'}"));
            await().until(() -> app.bot().session("s").body().hasNonNull("lastError"));
            Duration took = app.stop(BOUND);

            System.out.printf("Asked to end while a bot waited for its handoff, ended after %d ms%n", took.toMillis());
            assertThat(waiting.join().text("/status")).isEqualTo("pending");
            assertThat(took).as("not as long as the bot wanted to wait").isLessThan(Duration.ofSeconds(20));
        }
        desk.up();
        try (AppProcess app = AppProcess.start(properties)) {
            await().atMost(Duration.ofSeconds(30)).until(() -> app.bot().session("s").body().has("conversation"));
        }
    }

    @Test
    void whatHangsEndsWithItsTimeOut() {
        Map<String, Object> properties = properties(Database.H2);
        properties.put("handoff.connections.desk.timeout", "5s");
        properties.put("handoff.connections.desk.sweep", "200ms");
        TestBot hanging = new TestBot();
        App.callback(properties, "shop", hanging.url());
        properties.put("handoff.bots.shop.callback.timeout", "5s");
        hanging.answers(hanging.hang());
        try (hanging; AppProcess app = AppProcess.start(properties)) {
            String conversation = app.bot().handoff("s", "{'wait': 30, 'team': 'Travel'}").text("/conversation/id");
            desk.faults().add(Fault.of(Fault.Kind.HANG_BEFORE).on("GET", "/messages").next(1));
            desk.faults().add(Fault.of(Fault.Kind.HANG_BEFORE).on("POST", "/messages").next(1));
            desk.agents().reply(Long.parseLong(conversation), 2, "Hello");
            app.bot().message("s", "user", "One");
            await().until(() -> desk.faults().list().isEmpty() && !hanging.calls().isEmpty());
            Duration took = app.stop(BOUND);

            System.out.printf("Asked to end while calls of 5 s hung everywhere, ended after %d ms%n", took.toMillis());
            assertThat(took).as("they end side by side").isLessThan(Duration.ofSeconds(15));
            desk.faults().clear();
        }
    }
}
