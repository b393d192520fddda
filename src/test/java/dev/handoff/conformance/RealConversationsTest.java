package dev.handoff.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.Api;
import dev.handoff.App;
import dev.handoff.Conversations;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Every real conversation, once through the real support system: each message once, in order, by its author, to the
 * team of the table. It takes long, so it has a profile of its own; {@code -Dhandoff.conversations=50} takes the first 50.
 */
@Tag("conversations")
class RealConversationsTest {

    private static final int AT_ONCE = 8;
    private static final String BOT = "swept";

    @Test
    void allConversationsAreHandedOver() {
        Conversations conversations = Conversations.real();
        List<JsonNode> all = conversations.all().stream()
                .limit(Integer.getInteger("handoff.conversations", Integer.MAX_VALUE)).toList();
        Map<String, Object> routing = new LinkedHashMap<>();
        App.routing(routing, BOT, conversations.routing());
        // Nobody answers here: asking more often would only keep the server busy.
        routing.put("handoff.connections." + BOT + ".sweep", "10s");
        try (InstalledDesk desk = InstalledDesk.start(Map.of("SERVER_WEBHOOK", ""), routing)) {
            long begun = System.nanoTime();
            handOver(desk.bot(BOT), all);
            Awaitility.await().atMost(Duration.ofMinutes(90)).pollInterval(Duration.ofSeconds(2)).untilAsserted(() ->
                    assertThat(all).noneMatch(one -> desk.bot(BOT).session(id(one)).text("/conversation/id") == null));
            for (JsonNode conversation : all) {
                Api bot = desk.bot(BOT);
                Awaitility.await().atMost(Duration.ofMinutes(30)).untilAsserted(
                        () -> assertThat(bot.log(id(conversation)).toString()).contains("\"assigned\""));
                InstalledDesk.View seen = desk.view(desk.refs(BOT, id(conversation), bot.session(id(conversation))));
                assertThat(seen.lines()).as(id(conversation)).isEqualTo(Conversations.lines(conversation));
                assertThat(seen.team()).as(id(conversation)).isEqualTo(conversations.team(conversation));
                assertThat(seen.status()).isEqualTo("open");
            }
            System.out.printf("%d conversations with %d messages went through the real system in %d s%n", all.size(),
                    all.stream().mapToInt(one -> one.path("messages").size()).sum(),
                    Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        }
    }

    private static String id(JsonNode conversation) {
        return conversation.path("id").asText();
    }

    private static void handOver(Api bot, List<JsonNode> all) {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<CompletableFuture<Api.Answer>> answers = new ArrayList<>();
            for (JsonNode conversation : all) {
                answers.add(CompletableFuture.supplyAsync(() -> bot.post("/sessions/" + id(conversation) + "/handoff",
                        Conversations.handoff(conversation)), callers));
            }
            assertThat(answers.stream().map(CompletableFuture::join).toList())
                    .allSatisfy(answer -> assertThat(answer.text("/status")).isIn("transferred", "pending"));
        } finally {
            callers.shutdown();
        }
    }
}
