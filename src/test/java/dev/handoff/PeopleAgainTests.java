package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.WebhookFaults;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The bot takes a session back, or hands it over again. */
abstract class PeopleAgainTests extends PeopleTests {

    PeopleAgainTests(People people) {
        super(people);
    }

    @Test
    void secondHandoffSameSession() {
        String session = newSession();
        long first = handedOver(bot, session);
        desk.agents().reply(first, ADA, "Solved");
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
        bot.message(session, "user", "Not quite");
        bot.message(session, "bot", "I ask again");
        Api.Answer answer = bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");

        assertThat(answer.text("/status")).isEqualTo("transferred");
        long second = Long.parseLong(answer.text("/conversation/id"));
        assertThat(second).isNotEqualTo(first);
        assertThat(lines(second)).containsExactly("user: Not quite", "bot: I ask again");
        desk.agents().reply(second, BEN, "Here I am");
        awaitSaid(session, "Solved", "Here I am");
        desk.agents().resolve(second, BEN);
        awaitControl(bot, session, "bot");
        assertThat(kinds(bot, session)).containsSubsequence("closed", "handoff", "assigned", "closed");
        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/status")).isEqualTo("transferred");
    }

    @Test
    void aReadingThatTakesItsTimeDoesNotCloseWhatWasHandedOverMeanwhile() {
        String session = newSession();
        long conversation = handedOver(twice, session);
        again.agents().resolve(conversation, ADA);
        awaitControl(twice, session, "bot");
        again.faults().add(Fault.of(Fault.Kind.HANG_BEFORE).on("GET", "/messages").next(1).lasting(Duration.ofMillis(1800)));
        again.agents().note(conversation, ADA, "A friendly user");
        await().until(() -> again.faults().list().isEmpty());
        twice.message(session, "user", "Not quite");
        assertThat(twice.handoff(session, "{'wait': 30, 'team': 'Bookings'}").text("/conversation/id"))
                .isEqualTo(String.valueOf(conversation));

        await().during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(Desks.seen(again, String.valueOf(conversation)).status()).isEqualTo("open");
            assertThat(twice.session(session).text("/control")).isEqualTo("queue");
        });
    }

    @Test
    void secondHandoffOfTheSameConversation() {
        String session = newSession();
        long first = handedOver(twice, session);
        again.agents().assign(first, ADA);
        again.agents().reply(first, ADA, "Solved");
        awaitControl(twice, session, "agent");
        again.agents().resolve(first, ADA);
        awaitControl(twice, session, "bot");
        twice.message(session, "user", "Not quite");
        Api.Answer answer = twice.handoff(session, "{'wait': 30, 'team': 'Bookings'}");

        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(answer.text("/conversation/id")).isEqualTo(String.valueOf(first));
        assertThat(Desks.seen(again, String.valueOf(first)).lines())
                .containsExactly("user: Hello", "agent: Solved", "user: Not quite");
        assertThat(Desks.seen(again, String.valueOf(first)).status()).isEqualTo("open");
        assertThat(Desks.seen(again, String.valueOf(first)).team()).isEqualToIgnoringCase("bookings");
        again.agents().reply(first, ADA, "Let me see");
        await().untilAsserted(() -> assertThat(said(twice, session)).containsExactly("Solved", "Let me see"));
        again.agents().resolve(first, ADA);
        awaitControl(twice, session, "bot");
        assertThat(kinds(twice, session)).containsSubsequence("closed", "handoff", "assigned", "message", "closed");

        again.delete(first);
        Api.Answer third = twice.handoff(session, "{'wait': 30, 'team': 'Bookings'}");
        assertThat(third.text("/status")).isEqualTo("transferred");
        assertThat(third.text("/conversation/id")).isNotEqualTo(String.valueOf(first));
    }

    @Test
    void aLateResolvedOfTheLastHandoffDoesNotCloseThisOne() {
        String session = newSession();
        long first = handedOver(twice, session);
        again.webhooks().faults(WebhookFaults.NONE.delayed(1, Duration.ofMillis(500)));
        twice.post("/sessions/" + session + "/close", "{\"reason\": \"The user is happy\"}");
        await().until(() -> Desks.seen(again, String.valueOf(first)).status().equals("resolved"));
        assertThat(twice.handoff(session, "{'wait': 30, 'team': 'Payments'}").text("/status"))
                .isEqualTo("transferred");

        await().during(Duration.ofMillis(1200)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(twice.session(session).text("/control")).isEqualTo("queue");
            assertThat(kinds(twice, session)).containsExactly("message", "handoff", "assigned", "closed", "handoff",
                    "assigned");
        });
    }

    @Test
    void theBotCloses() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        bot.post("/sessions/" + session + "/close", "{\"reason\": \"The user is happy\"}");

        await().until(() -> Desks.seen(desk, String.valueOf(conversation)).status().equals("resolved"));
        await().during(Duration.ofMillis(500)).untilAsserted(() -> assertThat(kinds(bot, session))
                .containsExactly("message", "handoff", "assigned", "closed"));
        assertThat(last(bot, session, "closed").path("side").asText()).isEqualTo("bot");
    }

    @Test
    @DisplayName("loop bot⇄human on errors")
    void loopBotHumanOnErrors() {
        String session = newSession();
        long resolved = resolved();
        for (int i = 0; i < 3; i++) {
            desk.faults().add(Fault.of(Fault.Kind.REFUSED_AFTER).on("POST", "/assignments").next(1));
            assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/status"))
                    .isEqualTo("unavailable");
            assertThat(bot.session(session).text("/control")).isEqualTo("bot");
        }
        await("what was begun is closed over there").until(() -> resolved() == resolved + 3);
        long calls = calls();

        await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(kinds(bot, session)).as("one answer to each, and nothing by itself").containsExactly("handoff",
                    "undelivered", "closed", "handoff", "undelivered", "closed", "handoff", "undelivered", "closed");
            assertThat(calls()).isEqualTo(calls);
        });
        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/status")).isEqualTo("transferred");
    }

    private long resolved() {
        return desk.view().all().stream().filter(conversation -> conversation.status().equals("resolved")).count();
    }

    private long calls() {
        return desk.calls().entrySet().stream().filter(call -> call.getKey().startsWith("POST"))
                .mapToLong(Map.Entry::getValue).sum();
    }

    @Test
    void noAgents() {
        String session = newSession();
        Api.Answer answer = bot.handoff(session, "{'wait': 30, 'team': 'Billing'}");

        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(answer.text("/control")).isEqualTo("queue");
        await().untilAsserted(() -> assertThat(bot.handoff(session, "{}").body().at("/agentsOnline").asInt(-1))
                .as("asked again, since it is left out when the desk is slow").isZero());
        long conversation = Long.parseLong(answer.text("/conversation/id"));
        desk.agents().reply(conversation, ADA, "I saw it by chance");
        awaitControl(bot, session, "agent");
    }

    @Test
    void closedHours() {
        String session = newSession();
        long conversation = handedOver(twice, session);
        again.agents().template(conversation, "We are open from 8");
        twice.message(session, "user", "I shall wait");

        await().untilAsserted(() -> assertThat(said(twice, session)).containsExactly("We are open from 8"));
        assertThat(twice.session(session).text("/control")).isEqualTo("queue");
        again.agents().reply(conversation, ADA, "Good morning");
        awaitControl(twice, session, "agent");
        assertThat(Desks.seen(again, String.valueOf(conversation)).lines()).contains("user: I shall wait");
    }

    @Test
    void agentSilent() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        bot.message(session, "user", "Nobody?");
        await().untilAsserted(() -> assertThat(lines(conversation)).hasSize(2));
        Api.Answer closed = bot.post("/sessions/" + session + "/close", "{\"reason\": \"Nobody answered\"}");

        assertThat(closed.text("/control")).isEqualTo("bot");
        assertThat(bot.message(session, "bot", "May I help instead?").body().path("late").asBoolean()).isFalse();
        await().until(() -> Desks.seen(desk, String.valueOf(conversation)).status().equals("resolved"));
    }

    @Test
    void userSilent() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().reply(conversation, ADA, "Are you still there?");
        awaitControl(bot, session, "agent");
        desk.agents().resolve(conversation, ADA);

        awaitControl(bot, session, "bot");
        assertThat(bot.message(session, "user", "Sorry, I was away").text("/control")).isEqualTo("bot");
    }
}
