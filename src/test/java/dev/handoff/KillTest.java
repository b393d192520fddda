package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The process is killed in the middle of handoffs and started again: what was accepted is there once, whole and in
 * order. {@code -Dhandoff.kill.conversations=600} makes it a long one.
 */
class KillTest {

    private static final int CONVERSATIONS = Integer.getInteger("handoff.kill.conversations", 40);
    private static final int LINES = 40;

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

    @ParameterizedTest
    @EnumSource
    @DisplayName("gateway kill -9 between create and link")
    void betweenCreateAndLink(Database database) {
        killed(database, desk -> {
            desk.faults().add(Fault.of(Fault.Kind.HANG_AFTER).on("POST", "/conversations").next(1));
            return () -> desk.faults().list().isEmpty() && Desks.all(desk).size() == 1;
        });
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("kill during history")
    void duringHistory(Database database) {
        killed(database, desk -> {
            Fault hang = Fault.of(Fault.Kind.HANG_AFTER).on("POST", "/messages").next(1);
            desk.faults().add(Fault.latency(Duration.ofMillis(20)).on("POST", "/messages").next(LINES / 2));
            return () -> {
                if (desk.faults().list().isEmpty()) {
                    desk.faults().add(hang);
                    await().until(() -> desk.faults().list().isEmpty());
                    return true;
                }
                return false;
            };
        });
    }

    private static void killed(Database database, Function<SandboxServer, Callable<Boolean>> arm) {
        ChatwootContract contract = new ChatwootContract();
        try (SandboxServer desk = Desks.start(SandboxSeed.standard(), contract)) {
            Map<String, Object> properties = App.properties(database.create(), desk);
            properties.put("handoff.node", "one");
            properties.put("handoff.connections.desk.timeout", "15s");
            AppProcess first = AppProcess.start(properties);
            Callable<Boolean> now = arm.apply(desk);
            List<String> lines = IntStream.range(0, LINES).mapToObj(i -> "Line " + i).toList();
            assertThat(first.bot().handoff("s", "{'wait': 0, 'team': 'Travel', 'history': [%s]}".formatted(lines.stream()
                    .map("{'author': 'user', 'text': '%s'}"::formatted).collect(Collectors.joining(","))))
                    .status()).isEqualTo(200);
            await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(5)).until(now);
            first.kill();
            desk.faults().clear();

            try (AppProcess second = AppProcess.start(properties)) {
                await().atMost(Duration.ofSeconds(90)).until(
                        () -> "transferred".equals(second.bot().handoff("s", "{'wait': 30}").text("/status")));
                assertThat(Desks.all(desk)).singleElement().satisfies(seen -> {
                    assertThat(seen.lines()).containsExactlyElementsOf(lines.stream().map("user: "::concat).toList());
                    assertThat(seen.status()).isEqualTo("open");
                });
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
