package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.WebhookFaults;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What people say, and what of it the bot sees in its log. */
abstract class PeopleSayTests extends PeopleTests {

    PeopleSayTests(People people) {
        super(people);
    }

    @Test
    void anAgentsAnswerReachesTheUserAndTakesControl() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        long epoch = bot.session(session).body().path("epoch").asLong();
        desk.agents().reply(conversation, ADA, "Hi, I am \"Ada\" 😀");

        awaitSaid(session, "Hi, I am \"Ada\" 😀");
        JsonNode entry = last(bot, session, "message");
        assertThat(entry.path("author").asText()).isEqualTo("agent");
        assertThat(entry.path("name").asText()).isEqualTo("Ada Novak");
        assertThat(entry.path("epoch").asLong()).isEqualTo(epoch + 1);
        assertThat(bot.session(session).text("/control")).isEqualTo("agent");
        assertThat(bot.message(session, "user", "Hi Ada").text("/control")).isEqualTo("agent");
        await().untilAsserted(() -> assertThat(lines(conversation))
                .containsExactly("user: Hello", "agent: Hi, I am \"Ada\" 😀", "user: Hi Ada"));
    }

    @Test
    void theWholeWayThereAndBack() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().assign(conversation, ADA);
        awaitControl(bot, session, "agent");
        desk.agents().reply(conversation, ADA, "One moment");
        bot.message(session, "user", "Thanks");
        awaitSaid(session, "One moment");
        desk.agents().labels(conversation, List.of("refund", "vip"));
        desk.agents().resolve(conversation, ADA);

        awaitControl(bot, session, "bot");
        assertThat(kinds(bot, session)).containsExactly("message", "handoff", "assigned", "joined", "message",
                "message", "closed");
        JsonNode closed = last(bot, session, "closed");
        assertThat(closed.path("name").asText()).isEqualTo("Ada Novak");
        assertThat(closed.path("reason").asText()).isNotBlank();
        assertThat(closed.path("labels")).extracting(JsonNode::asText).containsExactly("refund", "vip");
        assertThat(closed.path("transcript")).hasSize(1);
        assertThat(closed.path("unseen")).isEmpty();
        assertThat(last(bot, session, "joined").path("name").asText()).isEqualTo("Ada Novak");
    }

    @Test
    @DisplayName("agent replies from phone (sender null)")
    void agentRepliesFromPhone() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().replyFromPhone(conversation, "On my way");

        awaitSaid(session, "On my way");
        assertThat(last(bot, session, "message").path("author").asText()).isEqualTo("agent");
        assertThat(bot.session(session).text("/control")).isEqualTo("agent");
        assertThat(bot.message(session, "bot", "Can I help?").body().path("late").asBoolean()).isTrue();
    }

    @Test
    void privateNote() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().note(conversation, ADA, "Difficult customer");
        awaitRead(session, conversation);

        assertThat(bot.log(session).toString()).doesNotContain("Difficult");
        assertThat(said(bot, session)).hasSize(1);
    }

    @Test
    void whatTheBotSaysInTheMeantimeIsANoteForTheAgentAndNoEcho() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        bot.message(session, "bot", "Maybe this helps");
        bot.message(session, "user", "Anybody?");
        await().untilAsserted(() -> assertThat(lines(conversation)).hasSize(3));
        awaitRead(session, conversation);

        assertThat(desk.view().conversation(conversation).orElseThrow().messages().toString())
                .contains("Maybe this helps");
        assertThat(said(bot, session)).hasSize(1);
    }

    @Test
    @DisplayName("agent edits/deletes: a deletion")
    void agentDeletes() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        long message = desk.agents().reply(conversation, ADA, "Wrong chat");
        awaitSaid(session, "Wrong chat");
        long seq = last(bot, session, "message").path("seq").asLong();
        desk.agents().delete(conversation, message);

        await().untilAsserted(() -> assertThat(last(bot, session, "message").path("replaces").asLong()).isEqualTo(seq));
        assertThat(last(bot, session, "message").has("text")).isFalse();
        awaitRead(session, conversation);
        assertThat(said(bot, session)).hasSize(3);
        assertThat(bot.log(session).toString()).doesNotContain("was deleted");
    }

    @Test
    void agentDeletesWhatWasNotReadYet() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.webhooks().faults(WebhookFaults.NONE.dropped(1));
        long message = desk.agents().reply(conversation, ADA, "Wrong chat");
        desk.agents().delete(conversation, message);
        desk.webhooks().faults(WebhookFaults.NONE);
        awaitRead(session, conversation);

        assertThat(said(bot, session)).hasSize(1);
    }

    @Test
    void aRatingComesAfterTheEnd() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().resolve(conversation, ADA);
        desk.agents().rate(conversation, 5, "Ada was great");

        await().untilAsserted(() -> {
            JsonNode rating = last(bot, session, "rating");
            assertThat(rating.path("score").asInt()).isEqualTo(5);
            assertThat(rating.path("text").asText()).isEqualTo("Ada was great");
        });
        assertThat(said(bot, session)).isEmpty();
        awaitControl(bot, session, "bot");
    }

    @Test
    void templatesAreDroppedOrRelayedAndTakeNoControl() {
        String dropped = newSession();
        long one = handedOver(bot, dropped);
        desk.agents().template(one, "We are closed");
        awaitRead(dropped, one);
        assertThat(said(bot, dropped)).hasSize(1).doesNotContain("We are closed");

        String relayed = newSession();
        long other = handedOver(twice, relayed);
        again.agents().template(other, "We are closed");
        await().untilAsserted(() -> assertThat(said(twice, relayed)).containsExactly("We are closed"));
        assertThat(last(twice, relayed, "message").path("author").asText()).isEqualTo("system");
        assertThat(twice.session(relayed).text("/control")).isEqualTo("queue");
    }

    @Test
    void moreThanOnePageIsRead() {
        String session = newSession();
        desk.webhooks().clear();
        long conversation = handedOver(bot, session);
        List<String> expected = IntStream.rangeClosed(1, 230).mapToObj(i -> "Line " + i).toList();
        expected.forEach(line -> desk.agents().reply(conversation, ADA, line));
        Hook.to(url("desk")).aboutMessageIn(String.valueOf(conversation)).signedWith(SECRET).send();

        awaitSaid(session, expected.toArray(String[]::new));
    }

    @Test
    void whileTheSystemCannotBeReadNothingIsLost() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("GET", "/messages"));
        desk.agents().reply(conversation, ADA, "One");
        desk.agents().reply(conversation, ADA, "Two");
        await().until(() -> desk.calls().getOrDefault(
                "GET /api/v1/accounts/{account_id}/conversations/{conversation_id}/messages", 0L) > 1);
        desk.faults().clear();

        awaitSaid(session, "One", "Two");
    }

    @Test
    void whatWasSaidWhileWeWereAwayIsReadAtTheStart() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().reply(conversation, ADA, "Before");
        awaitSaid(session, "Before");
        people.stopApp();
        desk.agents().reply(conversation, ADA, "While you were away");
        desk.agents().resolve(conversation, ADA);
        startAgain();

        awaitControl(bot, session, "bot");
        assertThat(said(bot, session)).containsExactly("Before", "While you were away");
    }

    @Test
    void emptyBody() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        assertThat(bot.message(session, "user", "").status()).isEqualTo(400);
        assertThat(bot.post("/sessions/" + session + "/messages", "").status()).isEqualTo(400);
        assertThat(Hook.to(url("desk")).signedWith(SECRET).body("").send()).isEqualTo(200);
        desk.agents().reply(conversation, ADA, "");
        desk.agents().reply(conversation, ADA, " \n ");
        awaitRead(session, conversation);

        assertThat(said(bot, session)).hasSize(1);
        bot.message(session, "user", "Go on");
        await().untilAsserted(() -> assertThat(lines(conversation)).last().isEqualTo("user: Go on"));
    }

    /** The back-off ends at 30 s, so ten minutes are the same as one, for the gateway. */
    @Test
    void backEndDown10MinThenUpReconcile() {
        String open = newSession();
        String fresh = newSession();
        long conversation = handedOver(patient, open);
        quiet.down();
        patient.message(open, "user", "Are you there?");
        patient.handoff(fresh, "{'wait': 0, 'team': 'Payments', 'history': [{'author': 'user', 'text': 'Hello'}]}");
        patient.message(fresh, "user", "Nobody?");
        quiet.agents().reply(conversation, ADA, "I cannot be heard");
        await().until(() -> patient.session(open).body().hasNonNull("lastError")
                && patient.session(fresh).body().hasNonNull("lastError"));
        quiet.up();

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            assertThat(Desks.seen(quiet, String.valueOf(conversation)).lines())
                    .containsExactly("user: Hello", "agent: I cannot be heard", "user: Are you there?");
            assertThat(patient.session(fresh).body().has("conversation")).isTrue();
            assertThat(Desks.seen(quiet, patient.session(fresh).text("/conversation/id")).lines())
                    .containsExactly("user: Hello", "user: Nobody?");
            assertThat(said(patient, open)).containsExactly("I cannot be heard");
            assertThat(patient.session(open).text("/control")).isEqualTo("agent");
        });
    }
}
