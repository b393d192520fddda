package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process is killed in the middle of handoffs and started again: what was accepted is there once, whole and in
 * order. {@code -Dhandoff.kill.conversations=600} makes it a long one.
 */
class KillTest {

    private static final int CONVERSATIONS = Integer.getInteger("handoff.kill.conversations", 40);

    @ParameterizedTest
    @EnumSource
    void afterAKillEverythingGoesOn(Database database) {
        Conversations conversations = Conversations.real();
        List<JsonNode> some = conversations.all().stream().limit(CONVERSATIONS).toList();
        ChatwootContract contract = new ChatwootContract();
        try (SandboxServer desk = Desks.start(Desks.withTeams(conversations.routing()), contract)) {
            desk.faults().add(Fault.latency(Duration.ofMillis(20)));
            Map<String, Object> properties = App.properties(database.create(), desk);
            App.routing(properties, "shop", conversations.routing());
            properties.put("handoff.node", "one");
            Function<AppProcess, List<CompletableFuture<Api.Answer>>> handOver = app -> some.stream()
                    .map(conversation -> app.bot().postAsync("/sessions/" + id(conversation) + "/handoff",
                            ((ObjectNode) Conversations.handoff(conversation)).put("wait", 0))).toList();

            AppProcess first = AppProcess.start(properties);
            List<CompletableFuture<Api.Answer>> answers = handOver.apply(first);
            await().atMost(Duration.ofSeconds(60)).until(() -> Desks.all(desk).size() >= some.size() / 3);
            first.kill();
            List<Boolean> accepted = answers.stream()
                    .map(answer -> answer.handle((done, failure) -> failure == null && done.status() == 200).join())
                    .toList();

            try (AppProcess second = AppProcess.start(properties)) {
                await().atMost(Duration.ofSeconds(90)).ignoreExceptions().untilAsserted(
                        () -> assertHandedOver(second, desk, some, accepted));
                handOver.apply(second).forEach(CompletableFuture::join);
                await().atMost(Duration.ofSeconds(90)).ignoreExceptions().untilAsserted(() -> assertHandedOver(second,
                        desk, some, some.stream().map(one -> true).toList()));
                assertThat(Desks.all(desk)).hasSameSizeAs(some);
            }
            contract.assertKept();
        }
    }

    private static void assertHandedOver(AppProcess app, SandboxServer desk, List<JsonNode> conversations,
            List<Boolean> accepted) {
        Map<String, Desks.Seen> seen = Desks.all(desk).stream()
                .collect(Collectors.toMap(Desks.Seen::contact, one -> one));
        for (int i = 0; i < conversations.size(); i++) {
            if (accepted.get(i)) {
                JsonNode conversation = conversations.get(i);
                assertThat(seen.get("User " + id(conversation)).lines()).isEqualTo(Conversations.lines(conversation));
                assertThat(seen.get("User " + id(conversation)).status()).isEqualTo("open");
                // The team's automation gives it to an agent, which a sweep may have seen by now.
                assertThat(app.bot().session(id(conversation)).text("/control")).isIn("queue", "agent");
            }
        }
    }

    private static String id(JsonNode conversation) {
        return conversation.path("id").asText();
    }
}
