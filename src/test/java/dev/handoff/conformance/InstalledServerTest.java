package dev.handoff.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.Api;
import dev.handoff.conformance.InstalledDesk.View;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** There and back between Handoff and a real support system. Skipped where none can be installed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstalledServerTest {

    private static final Duration LONG = Duration.ofSeconds(120);

    private InstalledDesk desk;

    @BeforeAll
    void start() {
        desk = InstalledDesk.start(Map.of(), Map.of());
    }

    @AfterAll
    void stop() {
        if (desk != null) {
            desk.close();
        }
    }

    private static String newSession() {
        return "s-" + UUID.randomUUID();
    }

    private static Api.Answer handedOver(Api bot, String session) {
        Api.Answer answer = bot.handoff(session, """
                {'wait': 30, 'team': 'Payments', 'history': [{'author': 'user', 'text': 'Hello'},
                 {'author': 'bot', 'text': 'Hi <b>&'}, {'author': 'user', 'text': '0'}]}""");
        assertThat(answer.text("/status")).isIn("transferred", "pending");
        return settled(bot, session);
    }

    /** The session, when all that has been handed over is over there. */
    private static Api.Answer settled(Api bot, String session) {
        await().atMost(LONG).untilAsserted(() -> assertThat(bot.log(session).findValuesAsText("kind").stream()
                .filter(kind -> kind.equals("handoff") || kind.equals("assigned")).toList()).last().isEqualTo("assigned"));
        return bot.session(session);
    }

    private static List<String> of(Api bot, String session, String field) {
        return StreamSupport.stream(bot.log(session).spliterator(), false)
                .filter(entry -> entry.path("side").asText().equals("support"))
                .map(entry -> entry.path(field).asText()).toList();
    }

    private static List<String> said(Api bot, String session) {
        return StreamSupport.stream(bot.log(session).spliterator(), false)
                .filter(entry -> entry.path("side").asText().equals("support")
                        && entry.path("kind").asText().equals("message")).map(entry -> entry.path("text").asText()).toList();
    }

    private static void awaitControl(Api bot, String session, String control) {
        await().atMost(LONG).untilAsserted(() -> assertThat(bot.session(session).text("/control")).isEqualTo(control));
    }

    private void awaitLines(Map<String, String> refs, String... lines) {
        await().atMost(LONG).untilAsserted(() -> assertThat(desk.view(refs).lines()).containsExactly(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rung", "swept"})
    void thereAndBack(String name) {
        Api bot = desk.bot(name);
        String session = newSession();
        Map<String, String> refs = desk.refs(name, session, handedOver(bot, session));
        View seen = desk.view(refs);
        assertThat(seen.lines()).containsExactly("user: Hello", "bot: Hi <b>&", "user: 0");
        assertThat(seen.status()).isEqualTo("open");
        assertThat(seen.team()).isEqualTo("Payments");

        desk.people().assign(refs);
        awaitControl(bot, session, "agent");
        desk.people().note(refs, "Difficult customer");
        desk.people().perform("agent-page", refs, "<p>Hi, I am <b>Ada</b> &amp; 😀</p><ul><li>one</li></ul>");
        await().atMost(LONG).untilAsserted(() -> assertThat(said(bot, session))
                .containsExactly("Hi, I am Ada & 😀\n- one\n(a<b.png)"));
        bot.message(session, "user", "Thank you");
        bot.message(session, "bot", "Maybe this helps");
        await().atMost(LONG).untilAsserted(() -> assertThat(desk.view(refs).lines()).hasSize(7)
                .endsWith("user: Thank you", "note: Maybe this helps"));
        desk.people().reply(refs, "Goodbye");
        desk.people().resolve(refs);

        awaitControl(bot, session, "bot");
        assertThat(of(bot, session, "kind")).containsExactly("assigned", "joined", "message", "message", "closed");
        assertThat(of(bot, session, "name")).contains("Ada Novak");
        assertThat(bot.log(session).toString()).doesNotContain("Difficult");
    }

    @Test
    void agentsDoNotSeeWhatIsNotHandedOver() {
        String session = newSession();
        CountDownLatch seen = new CountDownLatch(1);
        Forwarder real = new Forwarder(desk.url());
        View[] before = new View[1];
        desk.wire().connect(sent -> {
            if (sent.method().equals("PUT") && seen.getCount() > 0) {
                before[0] = desk.view(Map.of("user", "nobody", "conversation", sent.path().replaceAll(".*/", "")));
                seen.countDown();
            }
            return real.answer(sent);
        });
        handedOver(desk.bot("faulty"), session);
        desk.wire().connect(real);

        assertThat(seen.getCount()).isZero();
        assertThat(before[0].status()).isNull();
    }

    @Test
    void theNextHandoffOpensTheConversationAgain() {
        Api bot = desk.bot("swept");
        String session = newSession();
        Api.Answer first = handedOver(bot, session);
        Map<String, String> refs = desk.refs("swept", session, first);
        desk.people().resolve(refs);
        awaitControl(bot, session, "bot");
        bot.message(session, "user", "One more thing");
        bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");

        assertThat(settled(bot, session).text("/conversation/id")).isEqualTo(first.text("/conversation/id"));
        assertThat(desk.view(refs).team()).isEqualTo("Travel");
        assertThat(desk.view(refs).status()).isEqualTo("open");
        awaitLines(refs, "user: Hello", "bot: Hi <b>&", "user: 0", "user: One more thing");
    }

    @Test
    void theBotCloses() {
        Api bot = desk.bot("rung");
        String session = newSession();
        Map<String, String> refs = desk.refs("rung", session, handedOver(bot, session));
        bot.post("/sessions/" + session + "/close", "{\"reason\": \"The user is happy\"}");

        await().atMost(LONG).untilAsserted(() -> assertThat(desk.view(refs).status()).isEqualTo("closed"));
        assertThat(of(bot, session, "kind")).containsExactly("assigned");
    }

    @Test
    void whatWasStoredWithoutAnAnswerIsNotThereTwice() {
        Forwarder real = new Forwarder(desk.url());
        Set<String> lost = ConcurrentHashMap.newKeySet();
        desk.wire().connect(sent -> {
            Wire.Reply reply = real.answer(sent);
            boolean first = !sent.method().equals("GET") && lost.add(sent.method() + sent.path().replaceAll("\\d+|handoff-\\w+", ""));
            return first ? null : reply;
        });
        Api bot = desk.bot("faulty");
        String session = newSession();
        Map<String, String> refs = desk.refs("faulty", session, handedOver(bot, session));
        bot.message(session, "bot", "A note");
        bot.message(session, "user", "Thank you");

        awaitLines(refs, "user: Hello", "bot: Hi <b>&", "user: 0", "note: A note", "user: Thank you");
        assertThat(lost).hasSizeGreaterThanOrEqualTo(5);
        desk.wire().connect(real);
    }

    @Test
    void aMessageThatComesLateOpensWhatIsResolvedAndIsFollowedByAnotherEnd() {
        Forwarder real = new Forwarder(desk.url());
        desk.wire().connect(real);
        Api bot = desk.bot("faulty");
        String session = newSession();
        Map<String, String> refs = desk.refs("faulty", session, handedOver(bot, session));
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        desk.wire().connect(sent -> {
            if (sent.path().endsWith("/correspond") && held.getCount() > 0) {
                held.countDown();
                uninterrupted(released);
            }
            return real.answer(sent);
        });
        bot.message(session, "user", "Too late");
        uninterrupted(held);
        desk.people().resolve(refs);
        awaitControl(bot, session, "bot");
        int before = desk.wire().exchanges().size();
        released.countDown();

        await().atMost(LONG).until(() -> desk.view(refs).lines().contains("user: Too late"));
        await().atMost(LONG).untilAsserted(() -> assertThat(desk.wire().exchanges().subList(before,
                desk.wire().exchanges().size())).anyMatch(one -> one.sent().text().contains("resolved")));
        await().atMost(LONG).untilAsserted(() -> assertThat(desk.view(refs).status()).isEqualTo("closed"));
        assertThat(bot.session(session).text("/control")).isEqualTo("bot");
        desk.wire().connect(real);
    }

    @Test
    void aUserWhomAnAgentTookOutIsStillHeard() {
        Api bot = desk.bot("rung");
        String session = newSession();
        Map<String, String> refs = desk.refs("rung", session, handedOver(bot, session));
        desk.people().perform("agent-takes-out", refs, null);
        bot.message(session, "user", "Can you hear me?");

        await().atMost(LONG).untilAsserted(() -> assertThat(desk.view(refs).lines()).last().asString()
                .isEqualTo("user: Can you hear me?"));
        JsonNode log = bot.log(session);
        assertThat(log.toString()).doesNotContain("undelivered");
    }

    @Test
    void whatOthersWereToldBeforeTheirTicketWasMergedStaysWithThem() {
        Api bot = desk.bot("swept");
        String session = newSession();
        String other = newSession();
        Map<String, String> refs = desk.refs("swept", session, handedOver(bot, session));
        Map<String, String> theirs = desk.refs("swept", other, handedOver(bot, other));
        desk.people().reply(theirs, "Your PIN is 4711");
        await().atMost(LONG).untilAsserted(() -> assertThat(said(bot, other)).containsExactly("Your PIN is 4711"));

        desk.people().perform("agent-merges", theirs, refs.get("conversation"));
        desk.people().reply(refs, "I have put the two together");

        await().atMost(LONG).untilAsserted(() -> assertThat(said(bot, session)).contains("I have put the two together"));
        assertThat(said(bot, session)).doesNotContain("Your PIN is 4711");
    }

    @Test
    void noFileOfALongMessageIsLost() {
        Api bot = desk.bot("swept");
        String session = newSession();
        Map<String, String> refs = desk.refs("swept", session, handedOver(bot, session));
        desk.people().perform("agent-files", refs, 120);

        await().atMost(LONG).untilAsserted(() -> assertThat(said(bot, session)).singleElement().asString()
                .startsWith("Here they are").contains("(1.png)", "(101.png)", "(120.png)"));
    }

    private static void uninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
