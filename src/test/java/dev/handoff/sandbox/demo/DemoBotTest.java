package dev.handoff.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.handoff.App;
import dev.handoff.sandbox.SandboxServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The demo bot on the application as it is shipped. */
class DemoBotTest {

    private static final long ADA = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static App app;

    private DemoBot bot;

    @BeforeAll
    static void start() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", 0);
        properties.put("handoff.sandbox-port", 0);
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID()
                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        app = App.start(properties);
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @BeforeEach
    void bot() {
        bot = newBot();
    }

    @AfterEach
    void close() {
        bot.close();
    }

    private static DemoBot newBot() {
        return new DemoBot(new BotApi(new ObjectMapper(), app.url(), "demo", "demo-key"));
    }

    private List<String> seen(String chat) throws BotApi.Failed {
        return bot.view(chat, 0).orElseThrow().lines().stream()
                .map(line -> line.kind().equals("message") ? line.author() + ": " + line.text() : line.kind()).toList();
    }

    private void awaitSeen(String chat, String part) {
        await().atMost(PATIENCE).until(() -> seen(chat).stream().anyMatch(line -> line.contains(part)));
    }

    /** @return the conversation's number at the desk */
    private long handOver(String chat) throws BotApi.Failed {
        bot.hear(chat, null, "my card was charged twice");
        awaitSeen(chat, "What happened with the payment?");
        bot.hear(chat, null, "on Monday; a person please");
        awaitSeen(chat, "assigned");
        return Long.parseLong(bot.view(chat, 0).orElseThrow().conversation());
    }

    @Test
    void itIsSilentWhilePeopleAreInChargeAndSaysWhenItIsBack() throws Exception {
        String chat = bot.begin();
        long conversation = handOver(chat);
        bot.hear(chat, null, "hello?");
        app.bean(SandboxServer.class).agents().reply(conversation, ADA, "I am looking into it");
        awaitSeen(chat, "agent: I am looking into it");
        bot.hear(chat, null, "thank you");
        await().atMost(PATIENCE).until(() -> app.bean(SandboxServer.class).view().conversation(conversation)
                .orElseThrow().messages().stream().anyMatch(line -> "thank you".equals(line.content())));
        app.bean(SandboxServer.class).agents().resolve(conversation, ADA);
        awaitSeen(chat, "I am the bot again");
        bot.hear(chat, null, "when are you open?");
        awaitSeen(chat, "round the clock");

        List<String> all = seen(chat);
        int handedOver = all.indexOf("handoff");
        assertThat(all.subList(handedOver, all.indexOf("closed"))).as("while people were in charge")
                .noneMatch(line -> line.startsWith("bot:"))
                .contains("user: hello?", "agent: I am looking into it", "user: thank you");
    }

    @Test
    void aBotThatBeginsAnewSaysNothingTwice() throws Exception {
        String chat = bot.begin();
        handOver(chat);
        bot.end(chat);
        awaitSeen(chat, "I am the bot again");

        try (DemoBot restarted = newBot()) {
            bot.close();
            assertThat(restarted.view(chat, 0)).isPresent();
            await().during(Duration.ofMillis(1500)).atMost(PATIENCE).until(() -> seen(chat).stream()
                    .filter(line -> line.contains("I am the bot again")).count() == 1);
            restarted.hear(chat, null, "when are you open?");
            awaitSeen(chat, "round the clock");
        }
    }

    @Test
    void theSameMessageIsTakenOnce() throws Exception {
        String chat = bot.begin();
        assertThat(bot.hear(chat, "m1", "hello")).isEqualTo(bot.hear(chat, "m1", "hello"));
        awaitSeen(chat, "Hello! What can I do for you?");
        assertThat(seen(chat)).containsOnlyOnce("user: hello");
    }

    @Test
    void sessionsOfOthersCannotBeRead() throws Exception {
        assertThat(bot.view("web-1", 0)).isEmpty();
        assertThat(bot.hear("../../shop/sessions/web-1", null, "hello")).isEmpty();
        assertThat(bot.view("demo-0123456789abcdef", 0)).as("well formed, and not there").isEmpty();
        assertThat(bot.end("demo-1")).isFalse();
    }
}
