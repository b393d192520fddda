package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;
import dev.handoff.sandbox.WebhookFaults;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** People answer, and the bot gets the session back: what the bot sees in its log, whatever becomes of webhooks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeopleAnswerTests {

    private static final String SECRET = "webhook-secret-1";
    private static final String FORMER_SECRET = "webhook-secret-0";
    private static final String TERSE_KEY = "same-key-0123456789";
    private static final long ADA = 2;
    private static final long BEN = 3;
    private static final long BOOKINGS = 3;

    private final Database database;
    private final ChatwootContract contract = new ChatwootContract();
    private SandboxServer desk;
    private SandboxServer again;
    private SandboxServer quiet;
    private Map<String, Object> properties;
    private App app;
    private Api bot;

    PeopleAnswerTests(Database database) {
        this.database = database;
    }

    @BeforeAll
    void start() {
        desk = Desks.start(nobodyByItself(), contract);
        again = Desks.start(nobodyByItself(), contract);
        quiet = Desks.start(nobodyByItself(), contract);
        properties = App.properties(database.create(), desk);
        properties.put("handoff.connections.desk.settings.webhook-secret", SECRET);
        properties.put("handoff.connections.desk.settings.webhook-secret-previous", FORMER_SECRET);
        App.connection(properties, "again", again);
        properties.put("handoff.connections.again.settings.webhook-secret", SECRET);
        properties.put("handoff.connections.again.reopen", "same");
        properties.put("handoff.connections.again.templates", "relay");
        App.bot(properties, "twice", TERSE_KEY, "again");
        App.connection(properties, "quiet", quiet);
        properties.put("handoff.connections.quiet.sweep", "200ms");
        App.bot(properties, "patient", "patient-key-0123456789", "quiet");
        startApp();
    }

    private void startApp() {
        app = App.start(properties);
        bot = app.bot();
        desk.webhooks().inbox(url("desk"), SECRET);
        again.webhooks().inbox(url("again"), SECRET);
    }

    @AfterAll
    void stop() {
        app.close();
        desk.stop();
        again.stop();
        quiet.stop();
    }

    @BeforeEach
    void faultless() {
        desk.webhooks().clear();
        desk.webhooks().inbox(url("desk"), SECRET);
    }

    @AfterEach
    void mend() {
        desk.faults().clear();
        desk.limitMessagesPerMinute(null);
        desk.webhooks().faults(WebhookFaults.NONE);
        again.webhooks().faults(WebhookFaults.NONE);
        contract.assertKept();
    }

    /** As the standard one, but teams do not assign by themselves. */
    private static SandboxSeed nobodyByItself() {
        SandboxSeed seed = SandboxSeed.standard();
        return new SandboxSeed(seed.account(), seed.inbox(), seed.bot(), seed.agents(), seed.tokens(),
                seed.teams().stream().map(team -> new SandboxSeed.Team(team.id(), team.name(), team.members(), false))
                        .toList(), seed.messagesPerMinute());
    }

    private String url(String connection) {
        return app.url() + "/v1/webhooks/" + connection;
    }

    private Api twice() {
        return new Api(app.url() + "/v1/bots/twice", TERSE_KEY);
    }

    private static String newSession() {
        return "s-" + UUID.randomUUID();
    }

    /** Hands a session over; gives the conversation's number. */
    private static long handedOver(Api bot, String session) {
        Api.Answer answer = bot.handoff(session, """
                {'wait': 30, 'team': 'Payments', 'history': [{'author': 'user', 'text': 'Hello'}]}""");
        assertThat(answer.text("/status")).isEqualTo("transferred");
        return Long.parseLong(answer.text("/conversation/id"));
    }

    private List<String> kinds(Api of, String session) {
        return StreamSupport.stream(of.log(session).spliterator(), false)
                .map(entry -> entry.path("kind").asText()).toList();
    }

    /** What people have said, as the user sees it. */
    private static List<String> said(Api of, String session) {
        return StreamSupport.stream(of.log(session).spliterator(), false)
                .filter(entry -> entry.path("side").asText().equals("support")
                        && entry.path("kind").asText().equals("message"))
                .map(entry -> entry.path("text").asText(null)).toList();
    }

    private void awaitSaid(String session, String... texts) {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(
                () -> assertThat(said(bot, session)).containsExactly(texts));
    }

    private static void awaitControl(Api of, String session, String control) {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(
                () -> assertThat(of.session(session).text("/control")).isEqualTo(control));
    }

    private static JsonNode last(Api of, String session, String kind) {
        JsonNode found = null;
        for (JsonNode entry : of.log(session)) {
            if (entry.path("kind").asText().equals(kind)) {
                found = entry;
            }
        }
        return found;
    }

    /** A reading that began after everything so far has ended, as the sequence of what people say tells. */
    private void awaitRead(String session, long conversation) {
        String sign = "Sign " + UUID.randomUUID();
        desk.agents().reply(conversation, ADA, sign);
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(said(bot, session)).contains(sign));
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

    private List<String> lines(long conversation) {
        return Desks.seen(desk, String.valueOf(conversation)).lines();
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
    void messageBeforeConversationCreated() {
        desk.webhooks().faults(WebhookFaults.NONE.swapped(1));
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().reply(conversation, ADA, "First");
        desk.agents().reply(conversation, ADA, "Second");

        awaitSaid(session, "First", "Second");
    }

    @Test
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
    void clockSkewOnSignature() {
        Hook hook = Hook.to(url("desk")).signedWith(SECRET);

        assertThat(hook.at(Instant.now().minusSeconds(240)).delivery("a-" + UUID.randomUUID()).send()).isEqualTo(200);
        assertThat(hook.at(Instant.now().plusSeconds(240)).delivery("b-" + UUID.randomUUID()).send()).isEqualTo(200);
        assertThat(hook.at(Instant.now().minusSeconds(360)).delivery("c-" + UUID.randomUUID()).send()).isEqualTo(401);
        assertThat(hook.at(Instant.now().plusSeconds(360)).delivery("d-" + UUID.randomUUID()).send()).isEqualTo(401);
    }

    @Test
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
        long conversation = handedOver(bot, session);
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
        desk.agents().reply(conversation, ADA, "One more thing");

        awaitSaid(session, "One more thing");
        assertThat(bot.session(session).text("/control")).isEqualTo("bot");
    }

    @Test
    void resolveThenUserWrites() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
        Api.Answer posted = bot.message(session, "user", "Thank you, bot");

        assertThat(posted.text("/control")).isEqualTo("bot");
        assertThat(bot.message(session, "bot", "You are welcome").body().path("late").asBoolean()).isFalse();
        assertThat(lines(conversation)).containsExactly("user: Hello");
        assertThat(Desks.seen(desk, String.valueOf(conversation)).status()).isEqualTo("resolved");
    }

    @Test
    void anAgentWhoWritesAgainTakesTheSessionBack() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
        bot.message(session, "user", "Bot, are you there?");
        desk.agents().open(conversation, ADA);
        desk.agents().reply(conversation, ADA, "I forgot something");
        awaitControl(bot, session, "agent");
        bot.message(session, "user", "What is it?");

        await().untilAsserted(() -> assertThat(lines(conversation)).containsExactlyInAnyOrder("user: Hello",
                "agent: I forgot something", "user: Bot, are you there?", "user: What is it?"));
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
        assertThat(last(bot, session, "closed").path("transcript")).hasSize(1);
    }

    @Test
    void anAgentTakesTheSessionBackAlsoAfterAHandoffThatFailed() {
        String session = newSession();
        long first = handedOver(bot, session);
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
        bot.message(session, "user", "More");
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_AFTER).on("POST", "/toggle_status").next(1));
        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/status")).isEqualTo("unavailable");
        desk.agents().open(first, ADA);
        desk.agents().reply(first, ADA, "I am here");
        awaitControl(bot, session, "agent");
        bot.message(session, "user", "Good");

        await().untilAsserted(() -> assertThat(lines(first)).contains("user: More", "user: Good"));
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
    }

    @Test
    void openingAloneDoesNotTakeTheSessionFromTheBot() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
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
    void secondHandoffOfTheSameConversation() {
        String session = newSession();
        long first = handedOver(twice(), session);
        again.agents().assign(first, ADA);
        again.agents().reply(first, ADA, "Solved");
        awaitControl(twice(), session, "agent");
        again.agents().resolve(first, ADA);
        awaitControl(twice(), session, "bot");
        twice().message(session, "user", "Not quite");
        Api.Answer answer = twice().handoff(session, "{'wait': 30, 'team': 'Bookings'}");

        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(answer.text("/conversation/id")).isEqualTo(String.valueOf(first));
        assertThat(Desks.seen(again, String.valueOf(first)).lines())
                .containsExactly("user: Hello", "agent: Solved", "user: Not quite");
        assertThat(Desks.seen(again, String.valueOf(first)).status()).isEqualTo("open");
        assertThat(Desks.seen(again, String.valueOf(first)).team()).isEqualToIgnoringCase("bookings");
        again.agents().reply(first, ADA, "Let me see");
        await().untilAsserted(() -> assertThat(said(twice(), session)).containsExactly("Solved", "Let me see"));
        again.agents().resolve(first, ADA);
        awaitControl(twice(), session, "bot");
        assertThat(kinds(twice(), session)).containsSubsequence("closed", "handoff", "assigned", "message", "closed");

        again.delete(first);
        Api.Answer third = twice().handoff(session, "{'wait': 30, 'team': 'Bookings'}");
        assertThat(third.text("/status")).isEqualTo("transferred");
        assertThat(third.text("/conversation/id")).isNotEqualTo(String.valueOf(first));
    }

    @Test
    void aLateResolvedOfTheLastHandoffDoesNotCloseThisOne() {
        String session = newSession();
        long first = handedOver(twice(), session);
        again.webhooks().faults(WebhookFaults.NONE.delayed(1, Duration.ofMillis(500)));
        twice().post("/sessions/" + session + "/close", "{\"reason\": \"The user is happy\"}");
        await().until(() -> Desks.seen(again, String.valueOf(first)).status().equals("resolved"));
        assertThat(twice().handoff(session, "{'wait': 30, 'team': 'Payments'}").text("/status"))
                .isEqualTo("transferred");

        await().during(Duration.ofMillis(1200)).atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
            assertThat(twice().session(session).text("/control")).isEqualTo("queue");
            assertThat(kinds(twice(), session)).containsExactly("message", "handoff", "assigned", "closed", "handoff",
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
        long other = handedOver(twice(), relayed);
        again.agents().template(other, "We are closed");
        await().untilAsserted(() -> assertThat(said(twice(), relayed)).containsExactly("We are closed"));
        assertThat(last(twice(), relayed, "message").path("author").asText()).isEqualTo("system");
        assertThat(twice().session(relayed).text("/control")).isEqualTo("queue");
    }

    @Test
    void lostWebhooksAreFoundByTheSweep() {
        Api patient = new Api(app.url() + "/v1/bots/patient", "patient-key-0123456789");
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
    void aConversationThatIsDeletedGivesTheUserBack() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.delete(conversation);
        Hook.to(url("desk")).aboutMessageIn(String.valueOf(conversation)).signedWith(SECRET).send();

        awaitControl(bot, session, "bot");
        assertThat(last(bot, session, "closed").path("reason").asText()).contains("does not exist");
    }

    @Test
    void whatWasSaidWhileWeWereAwayIsReadAtTheStart() {
        String session = newSession();
        long conversation = handedOver(bot, session);
        desk.agents().reply(conversation, ADA, "Before");
        awaitSaid(session, "Before");
        app.close();
        desk.agents().reply(conversation, ADA, "While you were away");
        desk.agents().resolve(conversation, ADA);
        startApp();

        awaitControl(bot, session, "bot");
        assertThat(said(bot, session)).containsExactly("Before", "While you were away");
    }
}
