package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests with {@link People} need: their words for what the bot sees and for what agents see. */
abstract class PeopleTests {

    static final String SECRET = People.SECRET;
    static final String FORMER_SECRET = People.FORMER_SECRET;
    static final long ADA = 2;
    static final long BEN = 3;
    static final long BOOKINGS = 3;

    final People people;
    final SandboxServer desk;
    final SandboxServer again;
    final SandboxServer quiet;
    Api bot;
    Api twice;
    Api patient;

    PeopleTests(People people) {
        this.people = people;
        this.desk = people.desk();
        this.again = people.again();
        this.quiet = people.quiet();
        callers();
    }

    private void callers() {
        bot = people.bot();
        twice = people.twice();
        patient = people.patient();
    }

    @BeforeEach
    void faultless() {
        people.faultless();
    }

    @AfterEach
    void mend() {
        people.mend();
    }

    /** After {@link People#stopApp()}. */
    void startAgain() {
        people.startApp();
        callers();
    }

    String url(String connection) {
        return people.url(connection);
    }

    static String newSession() {
        return "s-" + UUID.randomUUID();
    }

    /** Hands a session over; gives the conversation's number. */
    static long handedOver(Api bot, String session) {
        Api.Answer answer = bot.handoff(session, """
                {'wait': 30, 'team': 'Payments', 'history': [{'author': 'user', 'text': 'Hello'}]}""");
        assertThat(answer.text("/status")).isEqualTo("transferred");
        return Long.parseLong(answer.text("/conversation/id"));
    }

    static List<String> kinds(Api of, String session) {
        return StreamSupport.stream(of.log(session).spliterator(), false)
                .map(entry -> entry.path("kind").asText()).toList();
    }

    /** What people have said, as the user sees it. */
    static List<String> said(Api of, String session) {
        return StreamSupport.stream(of.log(session).spliterator(), false)
                .filter(entry -> entry.path("side").asText().equals("support")
                        && entry.path("kind").asText().equals("message"))
                .map(entry -> entry.path("text").asText(null)).toList();
    }

    void awaitSaid(String session, String... texts) {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(
                () -> assertThat(said(bot, session)).containsExactly(texts));
    }

    static void awaitControl(Api of, String session, String control) {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(
                () -> assertThat(of.session(session).text("/control")).isEqualTo(control));
    }

    static JsonNode last(Api of, String session, String kind) {
        JsonNode found = null;
        for (JsonNode entry : of.log(session)) {
            if (entry.path("kind").asText().equals(kind)) {
                found = entry;
            }
        }
        return found;
    }

    /** A reading that began after everything so far has ended, as the sequence of what people say tells. */
    void awaitRead(String session, long conversation) {
        String sign = "Sign " + UUID.randomUUID();
        desk.agents().reply(conversation, ADA, sign);
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(said(bot, session)).contains(sign));
    }

    /** What an agent sees in a conversation of {@code desk}. */
    List<String> lines(long conversation) {
        return Desks.seen(desk, String.valueOf(conversation)).lines();
    }

    /** A handoff that comes to this operation and no further. Gives its conversation's number. */
    long stuck(String session, String operation, String handoff) {
        bot.handoff(session, handoff);
        await().until(() -> operation.equals(bot.session(session).text("/lastError/operation")));
        return Long.parseLong(bot.session(session).text("/conversation/id"));
    }

    /** An agent answers in this conversation, and has the session. */
    void answered(String session, long conversation, String text) {
        desk.agents().reply(conversation, ADA, text);
        awaitControl(bot, session, "agent");
    }

    /** Hands a session over and resolves its conversation. Gives that one's number. */
    long resolved(String session) {
        long conversation = handedOver(bot, session);
        desk.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
        return conversation;
    }

    void awaitResolved(long conversation) {
        await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(
                Desks.seen(desk, String.valueOf(conversation)).status()).isEqualTo("resolved"));
    }

    void close(String session) {
        bot.post("/sessions/" + session + "/close", "{\"reason\": \"The user is happy\"}");
    }
}
