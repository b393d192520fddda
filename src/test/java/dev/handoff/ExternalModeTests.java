package dev.handoff;

import static dev.handoff.Api.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.Api.Answer;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A bot hands over, over real HTTP: what it is told, and what agents see. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ExternalModeTests {

    private final Database database;
    private final ChatwootContract contract = new ChatwootContract();
    private SandboxServer desk;
    private SandboxServer small;
    private App app;
    private Api bot;

    ExternalModeTests(Database database) {
        this.database = database;
    }

    @BeforeAll
    void start() {
        desk = Desks.start(SandboxSeed.standard(), contract);
        small = Desks.start(SandboxSeed.standard(), contract);
        var properties = App.properties(database.create(), desk);
        App.connection(properties, "small", small);
        properties.put("handoff.connections.small.capabilities.longest-text", 1000);
        App.bot(properties, "terse", "terse-key-0123456789", "small");
        app = App.start(properties);
        bot = app.bot();
    }

    @AfterAll
    void stop() {
        app.close();
        desk.stop();
        small.stop();
    }

    @AfterEach
    void mend() {
        desk.faults().clear();
        small.faults().clear();
        contract.assertKept();
    }

    private static String newSession() {
        return "s-" + UUID.randomUUID();
    }

    private Desks.Seen seen(String session) {
        return Desks.seen(desk, bot.session(session).text("/conversation/id"));
    }

    @Test
    void theConversationGoesToTheTeamOfTheUnfinishedIntent() {
        String session = newSession();
        bot.message(session, "user", "Hello");
        bot.message(session, "bot", "What can I do for you?");
        Answer answer = bot.handoff(session, """
                {'user': {'id': 'u-1', 'name': 'Ana', 'email': 'ana@example.org'},
                 'history': [{'author': 'user', 'text': 'A room in Bern'}, {'author': 'bot', 'text': 'When?'}],
                 'unfinishedIntents': ['hotels_1.SearchHotel'], 'note': 'Gold customer'}""");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(answer.text("/control")).isEqualTo("queue");
        assertThat(answer.text("/team/name")).isEqualToIgnoringCase("Travel");
        assertThat(answer.text("/because")).contains("hotels_1");
        assertThat(answer.text("/conversation/url")).endsWith("/conversations/" + answer.text("/conversation/id"));
        Desks.Seen seen = seen(session);
        assertThat(seen.team()).isEqualToIgnoringCase("travel");
        assertThat(seen.status()).isEqualTo("open");
        assertThat(seen.lines()).containsExactly("user: Hello", "bot: What can I do for you?", "user: A room in Bern",
                "bot: When?", "note: Gold customer");
        assertThat(seen.contact()).isEqualTo("Ana");
        await().untilAsserted(() -> assertThat(bot.handoff(session, "{}").body().at("/agentsOnline").asInt())
                .as("asked again, since a failure of another test may be remembered for some seconds").isEqualTo(1));
    }

    @Test
    @DisplayName("bot replies late after handoff: a note for the agents")
    void whatIsSaidWhilePeopleAreInChargeReachesThemAndTheBotOnlyWhispers() {
        String session = newSession();
        bot.handoff(session, "{'history': [{'author': 'user', 'text': 'Help'}], 'team': 'Payments'}");
        Answer user = bot.message(session, "user", "Are you there?");
        Answer assist = bot.message(session, "bot", "His order is late");

        assertThat(user.text("/control")).isEqualTo("queue");
        assertThat(user.body().at("/late").asBoolean()).isFalse();
        assertThat(assist.body().at("/late").asBoolean()).isTrue();
        await().untilAsserted(() -> assertThat(seen(session).lines())
                .containsExactly("user: Help", "user: Are you there?", "note: His order is late"));
    }

    @Test
    void aBotsAnswerFromAnOlderEpochIsLate() {
        String session = newSession();
        long epoch = bot.message(session, "user", "Hi").body().at("/epoch").asLong();
        bot.handoff(session, "{'team': 'Payments'}");
        bot.post("/sessions/" + session + "/close", "{}");
        Answer late = bot.post("/sessions/" + session + "/messages",
                json("{'author': 'bot', 'text': 'Computed before', 'epoch': " + epoch + "}"));

        assertThat(late.text("/control")).isEqualTo("bot");
        assertThat(late.body().at("/late").asBoolean()).isTrue();
    }

    @Test
    void closeResolvesOverThereAndTheSecondHandoffTellsOnlyWhatIsNew() {
        String session = newSession();
        bot.handoff(session, "{'history': [{'author': 'user', 'text': 'First'}], 'team': 'Payments'}");
        Desks.Seen first = seen(session);
        Answer closed = bot.post("/sessions/" + session + "/close", json("{'reason': 'solved by the bot'}"));

        assertThat(closed.text("/control")).isEqualTo("bot");
        await().untilAsserted(() -> {
            Desks.Seen now = Desks.seen(desk, first.id());
            assertThat(now.status()).isEqualTo("resolved");
            assertThat(now.lines()).last().asString().startsWith("note: ").contains("solved by the bot");
        });
        bot.message(session, "user", "Second");
        assertThat(bot.handoff(session, "{'team': 'Travel'}").text("/status")).isEqualTo("transferred");
        Desks.Seen second = seen(session);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.lines()).containsExactly("user: Second");
        assertThat(Desks.seen(desk, first.id()).status()).isEqualTo("resolved");
    }

    @Test
    void askedAgainWhilePeopleAreInChargeItGivesTheStandingHandoff() {
        String session = newSession();
        Answer first = bot.handoff(session, "{'team': 'Payments'}");
        Answer again = bot.handoff(session, "{'team': 'Travel', 'history': [{'author': 'user', 'text': 'More'}]}");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(bot.log(session)).extracting(entry -> entry.path("kind").asText())
                .containsExactly("handoff", "assigned");
    }

    @Test
    void whatTheBotHasKeptToItselfReachesThePeopleWhoHaveTheSessionAlready() {
        String session = newSession();
        Answer first = bot.handoff(session, "{'team': 'Payments', 'history': [{'id': 'm1', 'author': 'user', 'text': 'Hi'}]}");
        Answer again = bot.handoff(session, "{'id': 'h2', 'team': 'Travel', 'history': [{'id': 'm1', 'author': 'user', 'text': 'Hi'},"
                + " {'id': 'm2', 'author': 'user', 'text': 'My card is stolen'}, {'id': 'm3', 'author': 'bot', 'text': 'Oh'}]}");
        bot.handoff(session, "{'id': 'h2', 'team': 'Travel', 'history': [{'id': 'm2', 'author': 'user', 'text': 'My card is stolen'}]}");

        assertThat(again.text("/status")).isEqualTo("transferred");
        assertThat(again.text("/conversation/id")).isEqualTo(first.text("/conversation/id"));
        await().untilAsserted(() -> assertThat(seen(session).lines()).hasSize(3)
                .startsWith("user: Hi", "user: My card is stolen").last().asString().startsWith("note: ").endsWith("Oh"));
        assertThat(bot.log(session)).extracting(entry -> entry.path("kind").asText())
                .containsExactly("message", "handoff", "assigned", "message", "message");
    }

    @Test
    void handoffTwiceAtOnce() {
        String session = newSession();
        List<CompletableFuture<Answer>> both = IntStream.range(0, 8).mapToObj(i -> bot.postAsync(
                "/sessions/" + session + "/handoff",
                json("{'team': 'Payments', 'history': [{'id': 'm1', 'author': 'user', 'text': 'Now!'}]}"))).toList();

        assertThat(both).extracting(CompletableFuture::join).extracting(answer -> answer.text("/status"))
                .containsOnly("transferred");
        assertThat(both).extracting(CompletableFuture::join).extracting(answer -> answer.text("/conversation/id"))
                .containsOnly(seen(session).id());
        assertThat(seen(session).lines()).containsExactly("user: Now!");
    }

    @Test
    void theSameIdAndContentAgainIsAnsweredAsTheFirst() {
        String session = newSession();
        Answer first = bot.message(session, "m-1", "user", "Hello");
        Answer again = bot.message(session, "m-1", "user", "Hello");
        Answer other = bot.message(session, "m-1", "user", "Something else");

        assertThat(again.body().path("seq")).isEqualTo(first.body().path("seq"));
        assertThat(again.body().path("duplicate").asBoolean()).isTrue();
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("/detail")).contains("m-1");
        assertThat(bot.log(session)).hasSize(1);
    }

    @Test
    void aHandoffUnderTheSameIdIsOneHandoffAlsoAfterItIsClosed() {
        String session = newSession();
        String handoff = "{'id': 'h-1', 'team': 'Payments', 'history': [{'author': 'user', 'text': 'Hi'}]}";
        bot.handoff(session, handoff);
        bot.post("/sessions/" + session + "/close", "{}");
        Answer again = bot.handoff(session, handoff);

        assertThat(again.text("/status")).isEqualTo("transferred");
        assertThat(again.text("/control")).isEqualTo("bot");
        assertThat(bot.log(session)).extracting(entry -> entry.path("kind").asText())
                .containsExactly("message", "handoff", "assigned", "closed");
        assertThat(bot.handoff(session, "{'id': 'h-1', 'team': 'Travel'}").status()).isEqualTo(409);
    }

    @Test
    void historyWithKnownIdsIsSkipped() {
        String session = newSession();
        bot.message(session, "m-1", "user", "One");
        bot.handoff(session, """
                {'team': 'Payments', 'history': [{'id': 'm-1', 'author': 'user', 'text': 'One'},
                 {'id': 'm-2', 'author': 'bot', 'text': 'Two'}, {'id': 'm-2', 'author': 'bot', 'text': 'Two'}]}""");

        assertThat(seen(session).lines()).containsExactly("user: One", "bot: Two");
    }

    @Test
    void closeOfASessionThatIsTheBotsChangesNothing() {
        String session = newSession();
        bot.message(session, "user", "Hello");
        Answer closed = bot.post("/sessions/" + session + "/close", "{}");

        assertThat(closed.status()).isEqualTo(200);
        assertThat(closed.text("/control")).isEqualTo("bot");
        assertThat(bot.log(session)).hasSize(1);
        assertThat(bot.post("/sessions/" + newSession() + "/close", "{}").status()).isEqualTo(404);
    }

    @Test
    void withoutAnIntentTheUserIsAskedOnce() {
        String session = newSession();
        Answer ask = bot.handoff(session, "{'history': [{'author': 'user', 'text': 'A person, please'}]}");

        assertThat(ask.text("/status")).isEqualTo("ask-intent");
        assertThat(ask.text("/control")).isEqualTo("bot");
        assertThat(ask.body().path("choices")).extracting(choice -> choice.path("intent").asText())
                .containsExactly("hotels_1.ReserveHotel");
        assertThat(bot.log(session)).isEmpty();

        Answer second = bot.handoff(session, "{'history': [{'author': 'user', 'text': 'A person, please'}]}");
        assertThat(second.text("/status")).isEqualTo("transferred");
        assertThat(second.text("/team/name")).isEqualToIgnoringCase("Front Desk");
        assertThat(seen(session).lines()).containsExactly("user: A person, please");
    }

    @Test
    void unknownDepartment() {
        String session = newSession();
        Answer answer = bot.handoff(session, "{'team': 'Paymnts', 'history': [{'author': 'user', 'text': 'Hi'}]}");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().toString()).contains("Paymnts", "payments", "/team");
        assertThat(bot.session(session).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"ERROR_BEFORE, /messages", "ERROR_AFTER, /messages", "REFUSED_AFTER, /messages",
            "RESET_BEFORE, /messages", "RESET_AFTER, /messages", "HANG_BEFORE, /messages", "HANG_AFTER, /messages",
            "LIMITED, /messages", "ERROR_AFTER, /contacts", "RESET_AFTER, /contacts", "ERROR_AFTER, /conversations",
            "RESET_AFTER, /conversations", "HANG_AFTER, /conversations", "RESET_BEFORE, /conversations",
            "ERROR_AFTER, /assignments", "RESET_AFTER, /toggle_status", "HANG_AFTER, /toggle_status"})
    @DisplayName("500 after commit, timeout after commit, 429 with Retry-After")
    void afterAFaultEverythingIsThereOnceAndInOrder(Fault.Kind kind, String path) {
        String session = newSession();
        Fault fault = Fault.of(kind).on("POST", path).next(1);
        desk.faults().add(kind == Fault.Kind.LIMITED ? fault.retryAfter(Duration.ofSeconds(1)) : fault);
        Answer answer = bot.handoff(session, """
                {'wait': 30, 'team': 'Travel', 'user': {'id': '%s'}, 'history': [{'author': 'user', 'text': 'One'},
                 {'author': 'bot', 'text': 'Two'}, {'author': 'user', 'text': 'Three'}]}""".formatted(session));

        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(seen(session).lines()).containsExactly("user: One", "bot: Two", "user: Three");
        assertThat(seen(session).team()).isEqualToIgnoringCase("travel");
        assertThat(Desks.conversationsOf(desk, session)).hasSize(1);
        assertThat(bot.session(session).body().hasNonNull("lastError")).isFalse();
    }

    @ParameterizedTest
    @EnumSource(names = {"ERROR_AFTER", "REFUSED_AFTER", "RESET_AFTER", "RESET_BEFORE", "HANG_AFTER"})
    void aRelayedMessageIsThereOnceAfterAFault(Fault.Kind kind) {
        String session = newSession();
        bot.handoff(session, "{'team': 'Travel'}");
        desk.faults().add(Fault.of(kind).on("POST", "/messages").next(1));
        bot.message(session, "user", "One");
        bot.message(session, "user", "Two");

        await().atMost(Duration.ofSeconds(20)).untilAsserted(
                () -> assertThat(seen(session).lines()).containsExactly("user: One", "user: Two"));
    }

    @Test
    void whileTheSupportSystemIsDownNothingIsLost() {
        String session = newSession();
        desk.down();
        Answer pending = bot.handoff(session, "{'wait': 0, 'team': 'Travel',"
                + " 'history': [{'author': 'user', 'text': 'One'}]}");
        Answer message = bot.message(session, "user", "Two");

        assertThat(pending.text("/status")).isEqualTo("pending");
        assertThat(message.status()).isEqualTo(200);
        await().untilAsserted(() -> {
            Answer state = bot.session(session);
            assertThat(state.text("/lastError/operation")).isEqualTo("create-user");
            assertThat(state.text("/lastError/connection")).isEqualTo("desk");
            assertThat(state.text("/lastError/message")).contains("settings.base-url");
            assertThat(state.body().at("/lastError").has("nextTry")).isTrue();
        });
        desk.up();
        await().atMost(Duration.ofSeconds(15)).ignoreExceptions().untilAsserted(
                () -> assertThat(seen(session).lines()).containsExactly("user: One", "user: Two"));
        assertThat(bot.session(session).body().hasNonNull("lastError")).isFalse();
    }

    @Test
    void whatIsRefusedOnceMoreByTheNextConversationHoldsUpNothing() {
        String session = newSession();
        desk.longestMessage(100_000);
        bot.message(session, "user", "x".repeat(120_000));
        bot.message(session, "user", "After");
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_AFTER).on("POST", "/toggle_status").next(1));
        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/status")).isEqualTo("unavailable");
        Api.Answer again = bot.handoff(session, "{'wait': 20, 'team': 'Travel'}");
        desk.longestMessage(150_000);

        assertThat(again.text("/status")).isEqualTo("transferred");
        assertThat(Desks.seen(desk, again.text("/conversation/id")).lines()).containsExactly("user: After");
        assertThat(bot.log(session)).filteredOn(entry -> entry.path("kind").asText().equals("undelivered"))
                .extracting(entry -> entry.path("of").asLong()).containsExactly(1L, 3L);
    }

    @Test
    void whatIsRefusedIsToldAndCanBeTriedAnew() {
        String session = newSession();
        bot.handoff(session, "{'team': 'Travel'}");
        String tooLong = "x".repeat(120_000);
        desk.longestMessage(100_000);
        bot.message(session, "user", "Before");
        bot.message(session, "user", tooLong);
        bot.message(session, "user", "After");

        await().untilAsserted(() -> assertThat(seen(session).lines()).containsExactly("user: Before", "user: After"));
        assertThat(bot.session(session).body().path("undelivered").asInt()).isEqualTo(1);
        assertThat(bot.log(session)).filteredOn(entry -> entry.path("kind").asText().equals("undelivered"))
                .singleElement().satisfies(entry -> {
                    assertThat(entry.path("of").asLong()).isEqualTo(4);
                    assertThat(entry.path("reason").asText()).isNotBlank();
                });
        JsonNode item = undelivered(session);
        assertThat(item.path("of").asLong()).isEqualTo(4);

        desk.longestMessage(150_000);
        assertThat(app.admin().retry(item).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(seen(session).lines())
                .containsExactly("user: Before", "user: After", "user: " + tooLong));
        assertThat(undelivered(session).isMissingNode()).isTrue();
        assertThat(app.admin().retry(item).status()).isEqualTo(404);
    }

    @Test
    void aCloseThatWasRefusedCanBeTriedAnewUntilTheSessionIsHandedOverAgain() {
        String session = newSession();
        bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");
        String conversation = bot.session(session).text("/conversation/id");
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_BEFORE).on("POST", "/toggle_status").next(2));
        bot.post("/sessions/" + session + "/close", "{}");
        await().until(() -> undelivered(session).path("of").asLong() == 3);
        bot.message(session, "user", "Between");
        assertThat(retried(session).status()).isEqualTo(200);
        await().until(() -> undelivered(session).path("of").asLong() == 6);
        assertThat(Desks.seen(desk, conversation).status()).isEqualTo("open");

        assertThat(retried(session).status()).isEqualTo(200);
        await().untilAsserted(() -> assertThat(Desks.seen(desk, conversation).status()).isEqualTo("resolved"));
        assertThat(undelivered(session).isMissingNode()).isTrue();

        String next = bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/conversation/id");
        assertThat(Desks.seen(desk, next).lines()).containsExactly("user: Between");
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_BEFORE).on("POST", "/toggle_status").next(1));
        bot.post("/sessions/" + session + "/close", "{}");
        await().until(() -> undelivered(session).path("kind").asText().equals("closed"));
        bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");
        assertThat(retried(session).status()).isEqualTo(409);
        assertThat(retried(session).text("/detail")).contains("in charge");
        bot.post("/sessions/" + session + "/close", "{}");
        assertThat(retried(session).status()).isEqualTo(409);
        assertThat(retried(session).text("/detail")).contains("handed over again");
    }

    private Answer retried(String session) {
        return app.admin().retry(undelivered(session));
    }

    @Test
    void whatIsRefusedAgainAndAgainIsGivenUpAndHoldsUpNothing() {
        String session = newSession();
        bot.handoff(session, "{'team': 'Travel'}");
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_BEFORE).on("POST", "/messages").next(6));
        bot.message(session, "user", "Refused");
        bot.message(session, "user", "After");

        await().atMost(Duration.ofSeconds(40)).untilAsserted(
                () -> assertThat(seen(session).lines()).containsExactly("user: After"));
        assertThat(undelivered(session).path("of").asLong()).isEqualTo(3);
    }

    @Test
    void checkTriesEachSetting() {
        Answer check = app.admin().post("/connections/desk/check", "{}");

        assertThat(check.body().path("checks")).extracting(one -> one.path("setting").asText())
                .contains("base-url", "token", "account-id", "inbox-id", "webhook-secret", "agent-bot-id");
        assertThat(check.body().path("checks")).allMatch(one -> one.path("ok").asBoolean());
    }

    private JsonNode undelivered(String session) {
        return app.admin().undelivered(session);
    }

    @Test
    void aConversationThatWasDeletedGivesTheUserBackToTheBot() {
        String session = newSession();
        bot.handoff(session, "{'team': 'Travel'}");
        desk.delete(Long.parseLong(seen(session).id()));
        bot.message(session, "user", "Anybody?");

        await().untilAsserted(() -> assertThat(bot.session(session).text("/control")).isEqualTo("bot"));
        assertThat(bot.log(session)).extracting(entry -> entry.path("kind").asText())
                .containsExactly("handoff", "assigned", "message", "undelivered", "closed");
        assertThat(bot.handoff(session, "{'team': 'Travel'}").text("/status")).isEqualTo("transferred");
        assertThat(seen(session).lines()).containsExactly("user: Anybody?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            9007199254740993123 | 12345678901234567890
            ünï cödé 😀 | 👩‍👩‍👧‍👦 and 🇨🇭
            right-to-left | مرحبا، أحتاج مساعدة (שלום)
            markup | <script>alert(1)</script> & "quotes" \\ 'single' ${body} {{x}} #{y}
            """)
    @DisplayName("user id as big integer, and other odd ids and texts")
    void oddIdsAndTextsAreTakenAsTheyAre(String id, String text) {
        String session = java.net.URLEncoder.encode(id + UUID.randomUUID(), java.nio.charset.StandardCharsets.UTF_8)
                .replace("+", "%20");
        var handoff = Api.JSON.createObjectNode().put("team", "Travel");
        handoff.putObject("user").put("id", id + UUID.randomUUID()).put("name", text);
        handoff.putArray("history").addObject().put("author", "user").put("text", text).put("id", id);
        Answer answer = bot.post("/sessions/" + session + "/handoff", handoff);

        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(seen(session).lines()).containsExactly("user: " + text);
        assertThat(bot.log(session).get(0).path("text").asText()).isEqualTo(text);
    }

    @Test
    void controlCharactersAreKeptInTheLog() {
        String session = newSession();
        bot.handoff(session, "{'team': 'Travel'}");
        bot.post("/sessions/" + session + "/messages",
                Api.JSON.createObjectNode().put("author", "user").put("text", "a\u0000b\u0007\tc\r\nd\u001b"));

        await().untilAsserted(() -> assertThat(seen(session).lines()).hasSize(1));
        assertThat(bot.log(session).get(2).path("text").asText()).isEqualTo("a\u0000b\u0007\tc\r\nd\u001b");
    }

    @Test
    @DisplayName("text over limit: split where the system says how much it takes")
    void longTextIsSplitWhereTheSystemTakesLess() {
        Api terse = new Api(app.url() + "/v1/bots/terse", "terse-key-0123456789");
        String session = newSession();
        String text = "All work and no play 😀 ".repeat(4_500).strip();
        terse.handoff(session, "{'team': 'Travel'}");
        terse.message(session, "user", text);

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            List<String> lines = Desks.seen(small, terse.session(session).text("/conversation/id")).lines();
            assertThat(String.join("", lines.stream().map(line -> line.substring("user: ".length())).toList()))
                    .isEqualTo(text);
            assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(1006));
        });
    }

    @Test
    void ofATextInPartsNoneIsThereTwiceWhereTheSystemAsksToWait() {
        Api terse = new Api(app.url() + "/v1/bots/terse", "terse-key-0123456789");
        String session = newSession();
        String text = "All work and no play 😀 ".repeat(450).strip();
        terse.handoff(session, "{'team': 'Travel'}");
        small.faults().add(Fault.of(Fault.Kind.LIMITED).on("POST", "/messages").withProbability(0.4)
                .retryAfter(Duration.ZERO));
        terse.message(session, "user", text);

        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(String.join("",
                Desks.seen(small, terse.session(session).text("/conversation/id")).lines().stream()
                        .map(line -> line.substring("user: ".length())).toList())).isEqualTo(text));
        small.faults().clear();
    }

    @Test
    void theNoteOfACloseIsThereOnceHoweverOftenTheCloseFails() {
        String session = newSession();
        bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status").next(2));
        bot.post("/sessions/" + session + "/close", "{\"reason\": \"Done\"}");

        await().atMost(Duration.ofSeconds(20)).until(() -> seen(session).status().equals("resolved"));
        assertThat(seen(session).lines()).containsExactly("note: The bot has taken the conversation back: Done");
    }

    @Test
    void choicesBecomeNumberedLines() {
        String session = newSession();
        bot.handoff(session, """
                {'team': 'Travel', 'history': [{'author': 'bot', 'text': 'Which?', 'choices': ['Red', 'Blue']}]}""");

        assertThat(seen(session).lines()).containsExactly("bot: Which?\n1. Red\n2. Blue");
    }

    @Test
    @DisplayName("same external id in two tenants")
    void theSameSessionAndUserOfTwoBotsAreStrangers() {
        String session = newSession();
        String handoff = "{'team': 'Travel', 'user': {'id': 'same-user', 'name': '%s'}}";
        bot.handoff(session, handoff.formatted("Ana"));
        app.otherBot().handoff(session, handoff.formatted("Bruno"));

        String other = app.otherBot().session(session).text("/conversation/id");
        assertThat(other).isNotEqualTo(seen(session).id());
        assertThat(Desks.seen(desk, other).contact()).isEqualTo("Bruno");
        assertThat(seen(session).contact()).isEqualTo("Ana");
    }
}
