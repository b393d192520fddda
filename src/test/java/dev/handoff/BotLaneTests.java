package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.TestBot.Call;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;
import dev.handoff.session.SessionRepository;
import dev.handoff.session.SupportLog;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

/** What people say reaches the bot's callback, over real HTTP, whatever state the bot is in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BotLaneTests {

    private final Database database;
    private final ChatwootContract contract = new ChatwootContract();
    private SandboxServer desk;
    private TestBot shop;
    private TestBot bank;
    private App app;
    private Api bot;

    BotLaneTests(Database database) {
        this.database = database;
    }

    @BeforeAll
    void start() {
        desk = Desks.start(SandboxSeed.standard(), contract);
        shop = new TestBot();
        bank = new TestBot();
        app = App.start(properties(database.create()));
        bot = app.bot();
    }

    private Map<String, Object> properties(String databaseUrl) {
        Map<String, Object> properties = App.properties(databaseUrl, desk);
        App.callback(properties, "shop", shop.url());
        App.callback(properties, "bank", bank.url());
        properties.put("handoff.bots.shop.callback.concurrency", 4);
        return properties;
    }

    @AfterAll
    void stop() {
        app.close();
        shop.close();
        bank.close();
        desk.stop();
    }

    @AfterEach
    void recover() {
        shop.recovers();
        bank.recovers();
        contract.assertKept();
    }

    private static String newSession() {
        return "s-" + UUID.randomUUID();
    }

    /** Hands a session over; gives its name. */
    private static String handedOver(Api bot) {
        String session = newSession();
        assertThat(bot.handoff(session, "{'team': 'Travel', 'wait': 30}").text("/status")).isEqualTo("transferred");
        return session;
    }

    /** Appends entries of the support side, in one transaction. */
    private static void append(App app, String session, int count) {
        UUID id = app.bean(SessionRepository.class).find("shop", session).orElseThrow().id();
        long key = 1_000_000 + System.nanoTime() % 1_000_000_000;
        app.bean(TransactionTemplate.class).executeWithoutResult(status -> IntStream.range(0, count).forEach(
                i -> app.bean(SupportLog.class).confirmed(id, key + i, key + i, null, "desk",
                        Map.of("id", "c" + i))));
    }

    private void append(String session, int count) {
        append(app, session, count);
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }

    private List<JsonNode> ofSupport(String session) {
        List<JsonNode> entries = new ArrayList<>();
        bot.log(session).forEach(entries::add);
        return entries.stream().filter(entry -> entry.path("side").asText().equals("support")).toList();
    }

    @Test
    void theBotIsToldSignedAndAsTheLogShowsIt() {
        String session = handedOver(bot);

        await().untilAsserted(() -> assertThat(shop.calls(session)).hasSize(1));
        Call call = shop.calls(session).get(0);
        assertThat(call.genuine()).isTrue();
        assertThat(call.id()).endsWith("_2-2").doesNotContain(".");
        assertThat(shop.taken(session)).isEqualTo(ofSupport(session)).extracting(entry -> entry.path("kind").asText())
                .containsExactly("assigned");
        assertThat(call.body()).contains("\"bot\":\"shop\"");
    }

    @Test
    void whatTheBotSaysItselfIsNotToldToIt() {
        String session = handedOver(bot);
        bot.message(session, "user", "Hello?");
        bot.post("/sessions/" + session + "/close", "{}");
        bot.handoff(session, "{'team': 'Travel', 'note': 'again', 'wait': 30}");

        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).containsExactly(2L, 7L));
        assertThat(shop.calls(session)).hasSize(2);
    }

    @Test
    void manyEntriesComeInOrderAndInBatches() {
        String session = handedOver(bot);
        append(session, 250);

        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).isEqualTo(range(2, 252)));
        assertThat(shop.calls(session)).extracting(call -> call.seqs().size()).containsExactly(1, 100, 100, 50);
        assertThat(shop.calls(session)).allMatch(Call::genuine).extracting(Call::id).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 408, 302})
    void aRetryHasTheSameIdAndBody(int status) {
        String session = newSession();
        shop.answers(session, TestBot.status(status));
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");
        await().untilAsserted(() -> assertThat(shop.calls(session)).hasSizeGreaterThan(1));
        append(session, 3);
        await().until(() -> shop.calls(session).size() > 3);
        shop.recovers(session);

        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).isEqualTo(range(2, 5)));
        List<Call> calls = shop.calls(session);
        List<Call> first = calls.subList(0, calls.size() - 1);
        assertThat(first).extracting(Call::body).containsOnly(first.get(0).body());
        assertThat(first).extracting(Call::id).containsOnly(first.get(0).id());
        assertThat(calls.get(calls.size() - 1).seqs()).isEqualTo(range(3, 5));
        assertThat(calls).allMatch(Call::genuine);
    }

    @Test
    void theStateSaysWhyTheBotIsNotTold() {
        String session = newSession();
        shop.answers(session, TestBot.status(500));
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");

        await().untilAsserted(() -> {
            assertThat(bot.session(session).text("/lastError/operation")).isEqualTo("callback");
            assertThat(bot.session(session).text("/lastError/httpStatus")).isEqualTo("500");
            assertThat(bot.session(session).text("/lastError/message")).contains("answered 500");
        });
        shop.recovers(session);
        await().untilAsserted(() -> assertThat(bot.session(session).body().hasNonNull("lastError")).isFalse());
    }

    @Test
    void whatTheBotTookWithoutAnAnswerComesAgainUnderTheSameId() {
        String session = newSession();
        shop.answersEach(session, call -> shop.calls(session).isEmpty() ? TestBot.breakOff() : TestBot.status(200));
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");

        await().untilAsserted(() -> assertThat(shop.calls(session)).hasSize(2));
        assertThat(shop.calls(session)).extracting(Call::id).containsOnly(shop.calls(session).get(0).id());
        assertThat(shop.takenSeqs(session)).containsExactly(2L);
    }

    @Test
    @DisplayName("bot down in external mode: told when it is back, and holds up no other")
    void aBotThatIsDownIsToldWhenItIsBackAndHoldsUpNoOther() {
        shop.down();
        String session = handedOver(bot);
        append(session, 5);
        String other = handedOver(app.otherBot());

        await().untilAsserted(() -> assertThat(bank.takenSeqs(other)).containsExactly(2L));
        await().untilAsserted(() -> assertThat(bot.session(session).text("/lastError/message"))
                .contains("handoff.bots.shop.callback.url"));
        shop.up();
        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).isEqualTo(range(2, 7)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang", "drip an answer", "drip an error"})
    void aBotThatHangsHoldsUpNoOtherAndNoThreadForEver(String how) {
        String session = newSession();
        TestBot.Answer endless = switch (how) {
            case "hang" -> shop.hang();
            case "drip an answer" -> shop.drip(500);
            default -> shop.drip(400);
        };
        shop.answers(session, endless);
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");
        await().until(() -> !shop.calls(session).isEmpty());
        Instant began = Instant.now();
        String other = handedOver(app.otherBot());
        String beside = handedOver(bot);

        await().untilAsserted(() -> assertThat(bank.takenSeqs(other)).containsExactly(2L));
        await().untilAsserted(() -> assertThat(shop.takenSeqs(beside)).containsExactly(2L));
        await().atMost(Duration.ofSeconds(8)).until(() -> shop.calls(session).size() > 2);
        assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(8));
        assertThat(bot.session(session).text("/lastError/message")).contains("handoff.bots.shop.callback.timeout");
        shop.recovers(session);
        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).containsExactly(2L));
        assertThat(shop.calls(session)).extracting(Call::id).containsOnly(shop.calls(session).get(0).id());
    }

    @Test
    void allSessionsOfABotThatHangsHoldUpNoOtherBot() {
        shop.answers(shop.hang());
        List<String> sessions = IntStream.range(0, 8).mapToObj(i -> handedOver(bot)).toList();
        String other = handedOver(app.otherBot());

        await().atMost(Duration.ofSeconds(2)).untilAsserted(
                () -> assertThat(bank.takenSeqs(other)).containsExactly(2L));
        shop.recovers();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(sessions)
                .allSatisfy(session -> assertThat(shop.takenSeqs(session)).containsExactly(2L)));
    }

    @Test
    void aSlowBotGetsEverySessionInOrder() {
        String session = newSession();
        CountDownLatch slowly = new CountDownLatch(1);
        shop.answers(session, TestBot.when(slowly));
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");
        await().until(() -> !shop.calls(session).isEmpty());
        append(session, 2);
        append(session, 2);
        slowly.countDown();

        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).isEqualTo(range(2, 6)));
        assertThat(shop.calls(session)).extracting(Call::seqs).isSortedAccordingTo(
                (one, next) -> Long.compare(one.get(0), next.get(0)));
    }

    @Test
    void aLimitedBotIsLeftAloneAsLongAsItSays() {
        String session = newSession();
        shop.answersEach(session, call -> shop.calls(session).isEmpty()
                ? TestBot.status(429, "Retry-After", "2") : TestBot.status(200));
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");

        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).containsExactly(2L));
        List<Call> calls = shop.calls(session);
        assertThat(calls).hasSize(2).extracting(Call::id).containsOnly(calls.get(0).id());
        assertThat(Duration.between(calls.get(0).at(), calls.get(1).at())).isGreaterThan(Duration.ofMillis(1900));
    }

    @Test
    void aBotThatAnswersGoneIsAskedAgainAfterARestartAndHoldsUpNoOther() {
        try (TestBot gone = new TestBot(); TestBot other = new TestBot()) {
            Map<String, Object> properties = App.properties(database.create(), desk);
            App.callback(properties, "shop", gone.url());
            App.callback(properties, "bank", other.url());
            gone.answers(TestBot.status(410));
            String session;
            try (App first = App.start(properties)) {
                session = handedOver(first.bot());
                await().until(() -> gone.calls().size() == 1);
                await().untilAsserted(() -> assertThat(first.bot().session(session).text("/lastError/httpStatus"))
                        .isEqualTo("410"));
                append(first, session, 2);
                handedOver(first.bot());
                String beside = handedOver(first.otherBot());
                await().untilAsserted(() -> assertThat(other.takenSeqs(beside)).containsExactly(2L));
                assertThat(gone.calls()).hasSize(1);
            }
            gone.recovers();
            try (App second = App.start(properties)) {
                await().untilAsserted(() -> assertThat(gone.takenSeqs(session)).isEqualTo(range(2, 4)));
                assertThat(gone.calls(session)).extracting(Call::id).startsWith(gone.calls(session).get(0).id(),
                        gone.calls(session).get(0).id());
            }
        }
    }

    @Test
    void whatTheBotRefusesShowsInTheDeskAndTheLaneGoesOn() {
        String session = newSession();
        shop.answers(session, TestBot.status(422));
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");

        await().untilAsserted(() -> assertThat(Desks.seen(desk, bot.session(session).text("/conversation/id")).lines())
                .singleElement().asString().startsWith("note: not delivered: ").contains("422"));
        assertThat(shop.calls(session)).hasSize(5).extracting(Call::id).containsOnly(shop.calls(session).get(0).id());
        JsonNode undelivered = bot.log(session).get(2);
        assertThat(undelivered.path("kind").asText()).isEqualTo("undelivered");
        assertThat(undelivered.path("side").asText()).isEqualTo("bot");
        assertThat(undelivered.path("of").asLong()).isEqualTo(2);
        assertThat(bot.session(session).text("/undelivered")).isEqualTo("1");

        shop.recovers(session);
        append(session, 1);
        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).containsExactly(4L));
        JsonNode item = app.admin().undelivered(session);
        assertThat(app.admin().retry(item).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(shop.taken(session)).last()
                .satisfies(entry -> assertThat(entry.path("retryOf").asLong()).isEqualTo(2)));
        assertThat(bot.session(session).text("/undelivered")).isEqualTo("0");
        assertThat(app.admin().undelivered(session).isMissingNode()).isTrue();
        assertThat(app.admin().retry(item).status()).isEqualTo(404);
    }

    @Test
    void whatIsRefusedAfterTheCloseIsToldWithTheNextHandoff() {
        String session = newSession();
        shop.answers(session, TestBot.status(422));
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");
        bot.post("/sessions/" + session + "/close", "{}");
        await().until(() -> bot.log(session).size() == 4);
        shop.recovers(session);
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");

        assertThat(Desks.seen(desk, bot.session(session).text("/conversation/id")).lines())
                .singleElement().asString().startsWith("note: not delivered: ");
        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).containsExactly(6L));
    }

    @Test
    void oneEntryThatTheBotRefusesIsTheOnlyOneItDoesNotGet() {
        String session = handedOver(bot);
        shop.answersEach(session, call -> TestBot.status(call.seqs().contains(77L) ? 400 : 200));
        append(session, 150);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<Long> all = new ArrayList<>(range(2, 152));
            all.remove(77L);
            assertThat(shop.takenSeqs(session)).isEqualTo(all);
        });
        assertThat(bot.log(session)).filteredOn(entry -> entry.path("kind").asText().equals("undelivered"))
                .singleElement().satisfies(entry -> assertThat(entry.path("of").asLong()).isEqualTo(77));
    }

    @Test
    void anUndeliveredNeverBegetsAnother() {
        String session = handedOver(bot);
        await().until(() -> shop.takenSeqs(session).size() == 1);
        UUID id = app.bean(SessionRepository.class).find("shop", session).orElseThrow().id();
        shop.answers(session, TestBot.status(400));
        app.bean(TransactionTemplate.class).executeWithoutResult(
                status -> app.bean(SupportLog.class).undelivered(id, 1, "could not be"));
        await().until(() -> shop.calls(session).size() == 6);
        shop.recovers(session);
        append(session, 1);

        await().untilAsserted(() -> assertThat(shop.takenSeqs(session)).containsExactly(2L, 4L));
        assertThat(bot.log(session)).hasSize(4);
    }

    @Test
    void refusalsAreCountedApartFromOtherFailures() {
        String session = newSession();
        shop.answersEach(session, call -> TestBot.status(shop.calls(session).size() < 6 ? 500
                : shop.calls(session).size() < 9 ? 400 : 200));
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(shop.takenSeqs(session)).containsExactly(2L));
    }

    @Test
    void whileASecretIsExchangedOldAndNewOneVerify() {
        try (TestBot old = new TestBot(TestBot.OLD_SECRET); TestBot fresh = new TestBot();
                TestBot stranger = new TestBot("whsec_" + java.util.Base64.getEncoder().encodeToString(new byte[32]))) {
            Map<String, Object> properties = App.properties(database.create(), desk);
            App.callback(properties, "shop", old.url());
            App.callback(properties, "bank", fresh.url());
            App.bot(properties, "third", "third-key-0123456789", "desk");
            App.callback(properties, "third", stranger.url());
            for (String id : List.of("shop", "bank", "third")) {
                properties.put("handoff.bots." + id + ".callback.secret-previous", TestBot.OLD_SECRET);
            }
            try (App rotating = App.start(properties)) {
                handedOver(rotating.bot());
                handedOver(rotating.otherBot());
                handedOver(new Api(rotating.url() + "/v1/bots/third", "third-key-0123456789"));
                await().untilAsserted(() -> {
                    assertThat(old.calls()).singleElement().matches(Call::genuine);
                    assertThat(fresh.calls()).singleElement().matches(Call::genuine);
                    assertThat(stranger.calls()).singleElement().matches(call -> !call.genuine());
                });
            }
        }
    }

    @Test
    void afterAKillTheSameComesAgainAndTheRestAfterIt() {
        try (TestBot killed = new TestBot()) {
            Map<String, Object> properties = App.properties(database.create(), desk);
            App.callback(properties, "shop", killed.url());
            properties.put("handoff.bots.shop.callback.timeout", "15s");
            properties.put("handoff.node", "one");
            killed.answers(killed.hang());
            String session;
            try (AppProcess first = AppProcess.start(properties)) {
                session = handedOver(first.bot());
                await().until(() -> killed.calls(session).size() == 1);
                desk.delete(Long.parseLong(first.bot().session(session).text("/conversation/id")));
                first.bot().message(session, "user", "Anybody?");
                await().until(() -> first.bot().session(session).text("/control").equals("bot"));
                first.kill();
            }
            killed.recovers();
            try (AppProcess second = AppProcess.start(properties)) {
                await().untilAsserted(() -> assertThat(killed.takenSeqs(session)).containsExactly(2L, 4L, 5L));
                List<Call> calls = killed.calls(session);
                assertThat(calls.get(1).id()).isEqualTo(calls.get(0).id());
                assertThat(calls.get(1).body()).isEqualTo(calls.get(0).body());
                assertThat(second.bot().session(session).text("/control")).isEqualTo("bot");
            }
        }
    }

    @Test
    void aBotWithoutACallbackIsNotCalledUntilItGetsOne() {
        Map<String, Object> properties = App.properties(database.create(), desk);
        String session;
        try (App without = App.start(properties)) {
            session = handedOver(without.bot());
        }
        try (TestBot late = new TestBot()) {
            App.callback(properties, "shop", late.url());
            try (App with = App.start(properties)) {
                append(with, session, 1);
                // The reading at the start may find another team over there than the one appended.
                await().untilAsserted(() -> assertThat(late.takenSeqs(session)).startsWith(3L));
            }
        }
    }
}
