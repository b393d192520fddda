package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.Test;

/** Replicas share nothing but the database: whichever is asked, everything is done once and in order. */
class ReplicasTest {

    private static final int SESSIONS = 6;
    private static final int MESSAGES = 12;
    private static final long ADA = 2;

    @Test
    void replicaCount3() {
        ChatwootContract contract = new ChatwootContract();
        List<App> replicas = new ArrayList<>();
        try (SandboxServer desk = Desks.start(SandboxSeed.standard().withoutAutoAssign(), contract)) {
            Map<String, Object> properties = App.properties(Database.POSTGRES.create(), desk);
            properties.put("handoff.connections.desk.sweep", "500ms");
            IntStream.range(0, 3).forEach(i -> replicas.add(App.start(properties)));

            List<String> conversations = IntStream.range(0, SESSIONS).mapToObj(session -> handedOver(replicas, session))
                    .toList();
            for (int i = 0; i < MESSAGES; i++) {
                for (int session = 0; session < SESSIONS; session++) {
                    replicas.get((i + session) % 3).bot().message("s-" + session, "user", "Question " + i);
                    desk.agents().reply(Long.parseLong(conversations.get(session)), ADA, "Answer " + i);
                }
            }

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                for (int session = 0; session < SESSIONS; session++) {
                    assertThat(Desks.seen(desk, conversations.get(session)).lines())
                            .filteredOn(line -> line.startsWith("user: "))
                            .containsExactlyElementsOf(numbered("user: Question "));
                    assertThat(replicas.get(session % 3).bot().log("s-" + session))
                            .filteredOn(entry -> entry.path("author").asText().equals("agent"))
                            .extracting(entry -> entry.path("text").asText())
                            .containsExactlyElementsOf(numbered("Answer "));
                }
            });
            assertThat(Desks.all(desk)).hasSize(SESSIONS);
            contract.assertKept();
        } finally {
            replicas.forEach(App::close);
        }
    }

    /** All three are asked at once for the same handoff. */
    private static String handedOver(List<App> replicas, int session) {
        List<CompletableFuture<Api.Answer>> answers = replicas.stream().map(replica -> replica.bot().postAsync(
                "/sessions/s-" + session + "/handoff", Api.json("{'id': 'h', 'wait': 30, 'team': 'Travel'}"))).toList();
        assertThat(answers).extracting(CompletableFuture::join).extracting(answer -> answer.text("/status"))
                .containsOnly("transferred");
        return answers.get(0).join().text("/conversation/id");
    }

    private static List<String> numbered(String text) {
        return IntStream.range(0, MESSAGES).mapToObj(i -> text + i).toList();
    }
}
