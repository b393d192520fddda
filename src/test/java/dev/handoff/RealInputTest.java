package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.Api.Answer;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every conversation goes over whole: each message once, in order, by its author, to the team of the table. */
class RealInputTest {

    private static final int AT_ONCE = 16;

    @ParameterizedTest
    @EnumSource
    void allConversationsAreHandedOver(Database database) {
        Conversations conversations = Conversations.real();
        ChatwootContract contract = new ChatwootContract();
        try (SandboxServer desk = Desks.start(seed(conversations), contract);
                App app = App.start(properties(database, desk, conversations))) {
            List<Answer> answers = handOver(app.bot(), conversations);

            assertThat(answers).allSatisfy(answer -> {
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.text("/status")).isEqualTo("transferred");
            });
            Map<String, Desks.Seen> seen = Desks.all(desk).stream()
                    .collect(Collectors.toMap(Desks.Seen::contact, one -> one));
            assertThat(seen).hasSameSizeAs(conversations.all());
            assertThat(conversations.all()).allSatisfy(conversation -> {
                Desks.Seen there = seen.get("User " + conversation.path("id").asText());
                assertThat(there.lines()).isEqualTo(Conversations.lines(conversation));
                assertThat(there.team()).isEqualToIgnoringCase(conversations.team(conversation));
                assertThat(there.status()).isEqualTo("open");
            });
            contract.assertKept();
        }
    }

    private static List<Answer> handOver(Api bot, Conversations conversations) {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (JsonNode conversation : conversations.all()) {
                answers.add(CompletableFuture.supplyAsync(() -> bot.post(
                        "/sessions/" + conversation.path("id").asText() + "/handoff",
                        Conversations.handoff(conversation)), callers));
            }
            return answers.stream().map(CompletableFuture::join).toList();
        } finally {
            callers.shutdown();
        }
    }

    private static SandboxSeed seed(Conversations conversations) {
        return Desks.withTeams(conversations.routing());
    }

    private static Map<String, Object> properties(Database database, SandboxServer desk,
            Conversations conversations) {
        Map<String, Object> properties = App.properties(database.create(), desk);
        App.routing(properties, "shop", conversations.routing());
        return properties;
    }
}
