package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.WebhookFaults;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who has the session: agents come, go and resolve, and sometimes write again. */
abstract class PeopleControlTests extends PeopleTests {

    private static final String PAYMENTS =
            "{'wait': 0, 'team': 'Payments', 'history': [{'author': 'user', 'text': 'Hello'}]}";

    PeopleControlTests(People people) {
        super(people);
    }

    @Test
    @DisplayName("agent transfers/declines (not an end)")
    void agentTransfersOrDeclinesIsNotAnEnd() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().assign(conversation, ADA);
        awaitControl(bot, session, "agent");
        desk.agents().assign(conversation, null);
        awaitControl(bot, session, "queue");
        desk.agents().team(conversation, BOOKINGS);
        await().untilAsserted(() -> assertThat(bot.session(session).text("/team/name")).isEqualTo("bookings"));
        desk.agents().assign(conversation, BEN);
        awaitControl(bot, session, "agent");

        assertThat(kinds(bot, session)).containsExactly("message", "handoff", "assigned", "joined", "left",
                "assigned", "joined");
        assertThat(last(bot, session, "left").path("name").asText()).isEqualTo("Ada Novak");
        assertThat(last(bot, session, "joined").path("name").asText()).isEqualTo("Ben Okafor");
    }

    @Test
    void anAnswerThatCrossesWithAResolveIsNotLost() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.webhooks().faults(WebhookFaults.NONE.swapped(1));
        desk.agents().reply(conversation, ADA, "All done");
        desk.agents().resolve(conversation, ADA);

        awaitControl(bot, session, "bot");
        assertThat(said(bot, session)).containsExactly("All done");
        assertThat(kinds(bot, session)).endsWith("message", "closed");
        assertThat(last(bot, session, "closed").path("transcript")).hasSize(1);
    }

    @Test
    void anAnswerAfterTheResolveReachesTheUserToo() {
        String session = newSession();
        long conversation = resolved(session);
        desk.agents().reply(conversation, ADA, "One more thing");

        awaitSaid(session, "One more thing");
        assertThat(bot.session(session).text("/control")).isEqualTo("bot");
    }

    @Test
    void resolveThenUserWrites() {
        String session = newSession();
        long conversation = resolved(session);
        Api.Answer posted = bot.message(session, "user", "Thank you, bot");

        assertThat(posted.text("/control")).isEqualTo("bot");
        assertThat(bot.message(session, "bot", "You are welcome").body().path("late").asBoolean()).isFalse();
        assertThat(lines(conversation)).containsExactly("user: Hello");
        assertThat(Desks.seen(desk, String.valueOf(conversation)).status()).isEqualTo("resolved");
    }

    @Test
    void anAgentWhoWritesAgainTakesTheSessionBack() {
        String session = newSession();
        long conversation = resolved(session);
        bot.message(session, "user", "Bot, are you there?");
        desk.agents().open(conversation, ADA);
        answered(session, conversation, "I forgot something");
        bot.message(session, "user", "What is it?");

        await().untilAsserted(() -> assertThat(lines(conversation)).containsExactlyInAnyOrder("user: Hello",
                "agent: I forgot something", "user: Bot, are you there?", "user: What is it?"));
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
        assertThat(last(bot, session, "closed").path("transcript")).hasSize(1);
    }

    @Test
    void anAgentWhoAnswersInWhatTheBotHasTakenBackKeepsIt() {
        String session = newSession();
        long conversation = answeredAfterTheBotTookItBack(session, "transfer", "/toggle_status");
        desk.faults().clear();
        bot.message(session, "user", "Good");

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(lines(conversation))
                .containsExactly("user: Hello", "agent: I am here", "user: Good"));
        assertThat(kinds(bot, session))
                .containsExactly("message", "handoff", "closed", "assigned", "message", "message");
        JsonNode assigned = last(bot, session, "assigned");
        assertThat(assigned.at("/conversation/id").asText()).isEqualTo(String.valueOf(conversation));
        assertThat(assigned.path("of").asLong()).isEqualTo(2);
        assertThat(Desks.seen(desk, String.valueOf(conversation)).status()).isNotEqualTo("resolved");
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
    }

    @Test
    void whatAnAgentHasAnsweredIsHandedOverThoughItsTransferFails() {
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        long conversation = stuck(session, "transfer", PAYMENTS);
        answered(session, conversation, "I am here");
        bot.message(session, "user", "Good");

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(lines(conversation))
                .containsExactly("user: Hello", "agent: I am here", "user: Good"));
        assertThat(kinds(bot, session)).startsWith("message", "handoff", "assigned", "message");
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
    }

    @Test
    void whatWasSaidToTheAgentBetweenTwoClosesReachesThem() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.faults().add(Fault.of(Fault.Kind.LIMITED).on("POST", "/messages").retryAfter(Duration.ofSeconds(3)));
        bot.message(session, "user", "One");
        await().until(() -> "post".equals(bot.session(session).text("/lastError/operation")));
        close(session);
        answered(session, conversation, "I am here");
        bot.message(session, "user", "Two");
        close(session);
        desk.faults().clear();

        awaitResolved(conversation);
        assertThat(lines(conversation)).containsSubsequence("user: One", "user: Two",
                "note: The bot has taken the conversation back: The user is happy");
    }

    @Test
    void thatAgentsCannotBeToldDoesNotKeepTheirConversationOpen() {
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_AFTER).on("POST", "/toggle_status").next(1));
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_BEFORE).on("POST", "/messages").next(6));
        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/status")).isEqualTo("unavailable");
        bot.message(session, "user", "More");
        await().untilAsserted(() -> assertThat(desk.view().all()).last().matches(one -> one.status().equals("resolved")));
        desk.faults().clear();
        Api.Answer again = bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");

        assertThat(again.text("/status")).isEqualTo("transferred");
        assertThat(lines(Long.parseLong(again.text("/conversation/id")))).containsExactly("user: More");
    }

    @Test
    void aHandoffThatAnAgentHasAnsweredIsNotCarriedOutLater() {
        String session = newSession();
        long first = answeredAfterTheBotTookItBack(session, "post", "/messages");
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
        desk.faults().clear();
        Api.Answer again = bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");

        assertThat(again.text("/status")).isEqualTo("transferred");
        long second = Long.parseLong(again.text("/conversation/id"));
        assertThat(second).isNotEqualTo(first);
        assertThat(lines(second)).containsExactly("user: Hello");
        assertThat(desk.view().all()).filteredOn(one -> one.id() > first).hasSize(1);
        assertThat(kinds(bot, session)).containsExactly("message", "handoff", "closed", "assigned", "message", "closed",
                "handoff", "assigned");
    }

    @Test
    void theBotIsToldOfAnAnsweredConversationAlsoAfterAnotherHandoffThatItTookBack() {
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        long conversation = stuck(session, "transfer", PAYMENTS);
        close(session);
        bot.handoff(session, "{'wait': 0, 'team': 'Travel'}");
        close(session);
        answered(session, conversation, "I am here");
        assertThat(kinds(bot, session)).containsExactly("message", "handoff", "closed", "handoff", "closed", "assigned",
                "assigned", "message");
        assertThat(bot.log(session)).filteredOn(entry -> entry.path("kind").asText().equals("assigned"))
                .allSatisfy(entry -> assertThat(entry.at("/conversation/id").asLong()).isEqualTo(conversation))
                .extracting(entry -> entry.path("of").asLong()).containsExactly(2L, 4L);
        desk.faults().clear();
        bot.message(session, "user", "Good");
        await().untilAsserted(() -> assertThat(lines(conversation)).contains("user: Good"));
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
        assertThat(desk.view().all()).as("the other one is not carried out").noneMatch(one -> one.id() > conversation);
    }

    @Test
    void whatAnAgentWritesInAFormerConversationStopsNoHandoff() {
        String session = newSession();
        long first = resolved(session);
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/conversations"));
        bot.handoff(session, "{'wait': 0, 'team': 'Travel'}");
        await().until(() -> "create-conversation".equals(bot.session(session).text("/lastError/operation")));
        desk.agents().open(first, ADA);
        desk.agents().reply(first, ADA, "I forgot something");
        awaitSaid(session, "I forgot something");
        assertThat(bot.session(session).text("/control")).isEqualTo("queue");
        bot.message(session, "user", "What is it?");
        desk.faults().clear();

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(kinds(bot, session)).endsWith("assigned"));
        long second = last(bot, session, "assigned").at("/conversation/id").asLong();
        await().untilAsserted(() -> assertThat(lines(second)).contains("user: What is it?"));
        desk.agents().reply(first, ADA, "It is this");
        awaitSaid(session, "I forgot something", "It is this");
        assertThat(bot.session(session).text("/control")).as("nobody has taken the other one").isEqualTo("queue");
        desk.agents().resolve(first, ADA);
        desk.agents().reply(second, BEN, "Here I am");
        awaitControl(bot, session, "agent");
        desk.agents().resolve(second, BEN);
        awaitControl(bot, session, "bot");
    }

    @Test
    void anAgentOfAFormerConversationGetsWhatOneGotThatNobodyHasSeen() {
        String session = newSession();
        long first = resolved(session);
        bot.message(session, "user", "More");
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        long second = stuck(session, "transfer", "{'wait': 0, 'team': 'Travel'}");
        assertThat(lines(second)).containsExactly("user: More");
        close(session);
        desk.agents().open(first, ADA);
        answered(session, first, "I forgot something");
        bot.message(session, "user", "What is it?");

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(lines(first)).containsExactly("user: Hello",
                "agent: I forgot something", "user: More", "user: What is it?"));
        desk.faults().clear();
        awaitResolved(second);
        assertThat(bot.session(session).text("/control")).isEqualTo("agent");
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
    }

    @Test
    void whatWaitsToBeClosedIsClosedThoughAnAgentTakesUpAFormerConversation() {
        String session = newSession();
        long first = resolved(session);
        long second = handedOver(bot, session);
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        close(session);
        await().until(() -> "close".equals(bot.session(session).text("/lastError/operation")));
        desk.agents().open(first, ADA);
        answered(session, first, "I forgot something");
        bot.message(session, "user", "What is it?");

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(lines(first)).contains("user: What is it?"));
        desk.faults().clear();
        awaitResolved(second);
        assertThat(Desks.seen(desk, String.valueOf(first)).status()).isEqualTo("open");
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
    }

    @Test
    void whatTheUserSaysReachesTheAgentAlsoWhereNothingWasCarriedBefore() {
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        long conversation = stuck(session, "transfer", "{'wait': 0, 'team': 'Payments'}");
        close(session);
        answered(session, conversation, "I am here");
        desk.faults().clear();
        bot.message(session, "user", "Good");

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(lines(conversation))
                .containsExactly("agent: I am here", "user: Good"));
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
    }

    @Test
    void whereAnAgentTakesUpWhatWasAbandonedNothingIsThereTwice() {
        String session = newSession();
        long first = resolvedBeforeAHandoffThatFailed(session);
        await().untilAsserted(() -> assertThat(desk.view().all()).filteredOn(one -> one.id() > first)
                .singleElement().matches(one -> one.status().equals("resolved")));
        long abandoned = desk.view().all().stream().mapToLong(one -> one.id()).max().orElseThrow();
        desk.agents().open(abandoned, ADA);
        answered(session, abandoned, "I am here");
        bot.message(session, "user", "Good");

        await().untilAsserted(() -> assertThat(lines(abandoned)).contains("user: Good"));
        assertThat(lines(abandoned)).containsOnlyOnce("user: More");
        desk.agents().resolve(abandoned, ADA);
        awaitControl(bot, session, "bot");
    }

    @Test
    void aConversationThatIsDeletedWhileSomethingIsInDoubtGivesTheUserBack() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/messages"));
        long seq = bot.message(session, "user", "Anybody?").body().path("seq").asLong();
        await().until(() -> "post".equals(bot.session(session).text("/lastError/operation")));
        desk.delete(conversation);
        desk.faults().clear();

        awaitControl(bot, session, "bot");
        assertThat(last(bot, session, "undelivered").path("of").asLong()).isEqualTo(seq);
    }

    /**
     * A handoff gets stuck at an operation, so that nobody can confirm it; the bot closes; then an agent answers in its
     * conversation. The fault stays. Gives the conversation's number.
     */
    private long answeredAfterTheBotTookItBack(String session, String operation, String path) {
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", path));
        long conversation = stuck(session, operation, PAYMENTS);
        close(session);
        answered(session, conversation, "I am here");
        return conversation;
    }

    /** A conversation is resolved; then the user says "More", and the next handoff is refused. Gives the first's number. */
    private long resolvedBeforeAHandoffThatFailed(String session) {
        long first = resolved(session);
        bot.message(session, "user", "More");
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_AFTER).on("POST", "/toggle_status").next(1));
        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/status")).isEqualTo("unavailable");
        return first;
    }

    @Test
    void anAgentKeepsAConversationThatWaitsToBeClosedThoughTheBotHasHandedOverAgain() {
        String session = newSession();
        long first = handedOver(bot, session);
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        close(session);
        await().until(() -> "close".equals(bot.session(session).text("/lastError/operation")));
        bot.handoff(session, "{'wait': 0, 'team': 'Travel'}");
        close(session);
        answered(session, first, "I am here");
        desk.faults().clear();
        bot.message(session, "user", "Good");

        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(lines(first)).contains("user: Good"));
        assertThat(Desks.seen(desk, String.valueOf(first)).status()).isNotEqualTo("resolved");
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Bookings'}").text("/status")).isEqualTo("transferred");
        assertThat(desk.view().all()).filteredOn(one -> one.id() > first)
                .extracting(one -> one.team() + " " + one.status()).containsExactly("bookings open");
    }

    @Test
    void anAgentTakesTheSessionBackAlsoAfterAHandoffThatFailed() {
        String session = newSession();
        long first = resolvedBeforeAHandoffThatFailed(session);
        desk.agents().open(first, ADA);
        answered(session, first, "I am here");
        bot.message(session, "user", "Good");

        await().untilAsserted(() -> assertThat(lines(first)).contains("user: More", "user: Good"));
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
    }

    @Test
    void openingAloneDoesNotTakeTheSessionFromTheBot() {
        String session = newSession();
        long conversation = resolved(session);
        desk.agents().open(conversation, ADA);

        await().during(Duration.ofMillis(700)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(bot.session(session).text("/control")).isEqualTo("bot");
            assertThat(Desks.seen(desk, String.valueOf(conversation)).status()).isEqualTo("open");
        });
    }

    @Test
    void whatTheAgentsNeverGotIsTheBotsToAnswer() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.limitMessagesPerMinute(1);
        long seq = bot.message(session, "user", "Are you still there?").body().path("seq").asLong();
        await().until(() -> bot.session(session).body().hasNonNull("lastError"));
        desk.agents().resolve(conversation, ADA);

        awaitControl(bot, session, "bot");
        assertThat(last(bot, session, "closed").path("unseen")).extracting(JsonNode::asLong).containsExactly(seq);
        assertThat(bot.session(session).body().hasNonNull("lastError")).isFalse();
        assertThat(lines(conversation)).containsExactly("user: Hello");
    }

    @Test
    void aTextOfWhichAgentsHaveOnlyTheBeginningIsTheBotsToAnswer() {
        String session = newSession();
        long conversation = handedOver(patient, session);
        quiet.faults().add(Fault.latency(Duration.ofMillis(400)).on("POST", "/messages"));
        long seq = patient.message(session, "user", "All work and no play. ".repeat(300)).body().path("seq").asLong();
        await().until(() -> Desks.seen(quiet, String.valueOf(conversation)).lines().size() > 1);
        quiet.faults().add(Fault.of(Fault.Kind.LIMITED).on("POST", "/messages").retryAfter(Duration.ofSeconds(30)));
        await().until(() -> patient.session(session).body().hasNonNull("lastError"));
        assertThat(Desks.seen(quiet, String.valueOf(conversation)).lines()).hasSizeBetween(2, 6);
        quiet.agents().resolve(conversation, ADA);

        awaitControl(patient, session, "bot");
        assertThat(last(patient, session, "closed").path("unseen")).extracting(JsonNode::asLong).containsExactly(seq);
    }

    @Test
    void whatWasStoredWithoutAnAnswerIsNotSaidAgainAfterAResolve() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.webhooks().clear();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_AFTER).on("POST", "/messages").next(1));
        // The lane's look for it has to wait; the reading comes first.
        desk.faults().add(Fault.of(Fault.Kind.LIMITED).on("GET", "/messages").next(1)
                .retryAfter(Duration.ofSeconds(4)));
        bot.message(session, "user", "Are you there?");
        await().until(() -> desk.faults().list().isEmpty());
        assertThat(lines(conversation)).contains("user: Are you there?");
        desk.webhooks().inbox(url("desk"), SECRET);
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
        desk.faults().clear();

        assertThat(last(bot, session, "closed").path("unseen")).isEmpty();
        Api.Answer again = bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");
        assertThat(again.text("/status")).isEqualTo("transferred");
        assertThat(lines(Long.parseLong(again.text("/conversation/id")))).isEmpty();
    }

    @Test
    void ourOwnLatePostThatReopensIsClosedAgain() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.faults().add(Fault.of(Fault.Kind.HANG_BEFORE).on("POST", "/messages").next(1)
                .lasting(Duration.ofMillis(4500)));
        long seq = bot.message(session, "user", "Hello?").body().path("seq").asLong();
        desk.agents().resolve(conversation, ADA);

        awaitControl(bot, session, "bot");
        assertThat(last(bot, session, "closed").path("unseen")).extracting(JsonNode::asLong).containsExactly(seq);
        await().atMost(Duration.ofSeconds(10)).until(() -> lines(conversation).contains("user: Hello?"));
        await().untilAsserted(() -> assertThat(Desks.seen(desk, String.valueOf(conversation)).status())
                .isEqualTo("resolved"));
        assertThat(bot.session(session).text("/control")).isEqualTo("bot");
    }

    @Test
    void aConversationThatIsDeletedGivesTheUserBack() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.delete(conversation);
        Hook.to(url("desk")).aboutMessageIn(String.valueOf(conversation)).signedWith(SECRET).send();

        awaitControl(bot, session, "bot");
        assertThat(last(bot, session, "closed").path("reason").asText()).contains("does not exist");
    }
}
