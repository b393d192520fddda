package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.WebhookFaults;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What becomes of webhooks: doubled, lost, late, out of order, forged, or about something else. */
abstract class PeopleWebhookTests extends PeopleTests {

    PeopleWebhookTests(People people) {
        super(people);
    }

    @Test
    void duplicateWebhookSameDeliveryId() {
        desk.webhooks().faults(WebhookFaults.NONE.repeated(1));
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().reply(conversation, ADA, "Once");
        awaitRead(session, conversation);

        assertThat(said(bot, session)).first().isEqualTo("Once");
        assertThat(said(bot, session)).hasSize(2);
    }

    @Test
    void duplicateEventDifferentId() {
        desk.webhooks().faults(WebhookFaults.NONE.sentAgain(1));
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().reply(conversation, ADA, "Once");
        awaitRead(session, conversation);

        assertThat(said(bot, session)).hasSize(2);
    }

    @Test
    @DisplayName("two web-hooks for one message (account + inbox)")
    void twoWebhooksForOneMessage() {
        desk.webhooks().account(url("desk"), FORMER_SECRET);
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().reply(conversation, ADA, "Once");
        desk.agents().rate(conversation, 4, "Fine");
        awaitRead(session, conversation);

        await().untilAsserted(() -> assertThat(kinds(bot, session)).contains("rating"));
        assertThat(said(bot, session)).hasSize(2);
        assertThat(kinds(bot, session)).containsOnlyOnce("rating");
    }

    @Test
    void messageBeforeConversationCreated() {
        desk.webhooks().faults(WebhookFaults.NONE.swapped(1));
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().reply(conversation, ADA, "First");
        desk.agents().reply(conversation, ADA, "Second");

        awaitSaid(session, "First", "Second");
    }

    @Test
    void replyWebhookBeforeCreateResponse() {
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.HANG_AFTER).on("POST", "/conversations").next(1));
        bot.handoff(session, "{'wait': 0, 'team': 'Payments', 'user': {'id': '%s'}}".formatted(session));
        await().until(() -> !Desks.conversationsOf(desk, session).isEmpty());
        long conversation = Long.parseLong(Desks.conversationsOf(desk, session).get(0).id());
        desk.agents().reply(conversation, ADA, "Before you know it");

        awaitSaid(session, "Before you know it");
        assertThat(bot.session(session).text("/control")).isEqualTo("agent");
    }

    @Test
    void statusEventsOutOfOrder() {
        desk.webhooks().faults(WebhookFaults.NONE.delayed(0.5, Duration.ofMillis(300)).swapped(0.5));
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().assign(conversation, ADA);
        desk.agents().resolve(conversation, ADA);
        desk.agents().open(conversation, ADA);
        desk.agents().resolve(conversation, ADA);

        awaitControl(bot, session, "bot");
        desk.webhooks().faults(WebhookFaults.NONE);
        desk.agents().note(conversation, ADA, "Done");
        await().during(Duration.ofMillis(600)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(kinds(bot, session)).last().isEqualTo("closed");
            assertThat(bot.session(session).text("/control")).isEqualTo("bot");
        });
    }

    @Test
    void whateverBecomesOfWebhooksTheBotSeesTheSame() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.webhooks().faults(new WebhookFaults(0.2, 0.3, 0.3, 0.3, Duration.ofMillis(150), 0.3));
        List<String> expected = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            desk.agents().reply(conversation, i % 2 == 0 ? ADA : BEN, "Answer " + i);
            expected.add("Answer " + i);
            bot.message(session, "user", "Question " + i);
        }
        desk.webhooks().faults(WebhookFaults.NONE);
        desk.agents().reply(conversation, ADA, "The end");
        expected.add("The end");

        awaitSaid(session, expected.toArray(String[]::new));
        await().untilAsserted(() -> assertThat(lines(conversation)).filteredOn(line -> line.startsWith("user: Q"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 30).mapToObj(i -> "user: Question " + i).toList()));
    }

    @Test
    void lostWebhooksAreFoundByTheSweep() {
        String session = newSession();
        long conversation = handedOver(patient, session);
        quiet.agents().assign(conversation, ADA);
        quiet.agents().reply(conversation, ADA, "Nobody told you");
        quiet.agents().resolve(conversation, ADA);

        awaitControl(patient, session, "bot");
        assertThat(said(patient, session)).containsExactly("Nobody told you");
        assertThat(kinds(patient, session)).last().isEqualTo("closed");
    }

    @Test
    void clockSkewOnSignature() {
        Hook hook = Hook.to(url("desk")).signedWith(SECRET);

        assertThat(hook.at(Instant.now().minusSeconds(240)).delivery("a-" + UUID.randomUUID()).send()).isEqualTo(200);
        assertThat(hook.at(Instant.now().plusSeconds(240)).delivery("b-" + UUID.randomUUID()).send()).isEqualTo(200);
        assertThat(hook.at(Instant.now().minusSeconds(360)).delivery("c-" + UUID.randomUUID()).send()).isEqualTo(401);
        assertThat(hook.at(Instant.now().plusSeconds(360)).delivery("d-" + UUID.randomUUID()).send()).isEqualTo(401);
    }

    @Test
    @DisplayName("wrong/rotated secret")
    void wrongOrRotatedSecret() {
        desk.webhooks().clear();
        String session = newSession();
        String conversation = String.valueOf(handedOver(bot, session));
        desk.agents().reply(Long.parseLong(conversation), ADA, "Are you there?");
        Hook hook = Hook.to(url("desk")).aboutMessageIn(conversation);

        assertThat(hook.send()).isEqualTo(401);
        assertThat(hook.signature("sha256=00").send()).isEqualTo(401);
        assertThat(hook.signature(null).signedWith("another-secret").send()).isEqualTo(401);
        assertThat(Hook.to(url("desk") + "?secret=another-secret").aboutMessageIn(conversation).send()).isEqualTo(401);
        assertThat(Hook.to(url("desk") + "?secret=" + SECRET).aboutMessageIn(conversation)
                .signature("sha256=00").send()).isEqualTo(401);
        assertThat(Hook.to(url("quiet")).signedWith(SECRET).send()).isEqualTo(401);
        assertThat(Hook.to(url("nowhere")).signedWith(SECRET).send()).isEqualTo(404);
        assertThat(said(bot, session)).isEmpty();
        assertThat(hook.signedWith(FORMER_SECRET).send()).isEqualTo(200);
        awaitSaid(session, "Are you there?");
    }

    @Test
    void aSystemThatDoesNotSignHasTheSecretInItsUrl() {
        desk.webhooks().clear();
        String session = newSession();
        String conversation = String.valueOf(handedOver(bot, session));
        desk.agents().reply(Long.parseLong(conversation), ADA, "Hello");

        assertThat(Hook.to(url("desk") + "?secret=" + SECRET).aboutMessageIn(conversation).send()).isEqualTo(200);
        awaitSaid(session, "Hello");
    }

    @Test
    void whatIsNoWebhookOfChatwootDoesNoHarm() {
        for (String body : List.of("", "[]", "not json", "{\"event\":\"webwidget_triggered\"}", "null",
                "{\"event\":\"message_created\",\"conversation\":{\"id\":999999,\"inbox_id\":1,"
                        + "\"contact_inbox\":{\"source_id\":\"somebody\"}}}",
                "{\"event\":\"message_created\",\"conversation\":{\"id\":1,\"inbox_id\":77}}")) {
            assertThat(Hook.to(url("desk")).signedWith(SECRET).body(body).send()).as(body).isEqualTo(200);
        }
        String session = newSession();
        long conversation = handedOver(bot, session);
        awaitRead(session, conversation);
    }

    @Test
    void aWebhookIsAcknowledgedWithin100MillisHoweverSlowTheSystemIs() {
        desk.webhooks().clear();
        String session = newSession();
        String conversation = String.valueOf(handedOver(bot, session));
        desk.agents().reply(Long.parseLong(conversation), ADA, "Slowly");
        desk.faults().add(Fault.latency(Duration.ofMillis(1500)));
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            Hook hook = Hook.to(url("desk")).aboutMessageIn(conversation).signedWith(SECRET);
            long before = System.nanoTime();
            assertThat(hook.send()).isEqualTo(200);
            millis.add((System.nanoTime() - before) / 1_000_000);
        }

        assertThat(millis.stream().sorted().toList().get(millis.size() / 2)).isLessThan(100);
        assertThat(said(bot, session)).isEmpty();
        awaitSaid(session, "Slowly");
    }

    @Test
    void typingStorms() {
        String readings = "GET /api/v1/accounts/{account_id}/conversations/{conversation_id}/messages";
        String session = newSession();
        long conversation = handedOver(bot, session);
        awaitRead(session, conversation);
        long before = desk.calls().get(readings);
        for (int i = 0; i < 100; i++) {
            desk.agents().typing(conversation, ADA, i % 2 == 0);
        }
        awaitRead(session, conversation);

        assertThat(desk.calls().get(readings) - before).as("readings").isLessThan(10);
        assertThat(kinds(bot, session)).containsExactly("message", "handoff", "assigned", "message", "message");
    }
}
