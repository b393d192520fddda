package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.Api.Answer;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Several connections: a bot is swapped from one to another, and one takes over from the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ChainTests {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SECRET = "webhook-secret-1";
    private static final long ADA = 2;

    private final Database database;
    private final ChatwootContract contract = new ChatwootContract();
    private SandboxServer desk;
    private SandboxServer annex;
    private App app;

    ChainTests(Database database) {
        this.database = database;
    }

    /** The teams of the annex have other ids, and Bookings is not among them. */
    static SandboxServer annex(ChatwootContract contract) {
        return Desks.start(SandboxSeed.standard().withTeams(List.of(team(1, "Payments"), team(3, "Front Desk"),
                team(4, "Treasury"), team(7, "Travel"))), contract);
    }

    private static SandboxSeed.Team team(long id, String name) {
        return new SandboxSeed.Team(id, name, List.of(2L, 3L), false);
    }

    /** A desk whose teams do not assign by themselves. */
    static SandboxServer desk(ChatwootContract contract) {
        SandboxSeed seed = SandboxSeed.standard();
        return Desks.start(seed.withTeams(seed.teams().stream().map(team -> new SandboxSeed.Team(team.id(), team.name(),
                team.members(), false)).toList()), contract);
    }

    static void bot(Map<String, Object> properties, String id, String failover, String deadline, String... chain) {
        App.bot(properties, id, id + "-key-0123456789", chain[0]);
        for (int i = 0; i < chain.length; i++) {
            properties.put("handoff.bots." + id + ".support[" + i + "]", chain[i]);
        }
        properties.put("handoff.bots." + id + ".failover", failover);
        properties.put("handoff.bots." + id + ".deadline", deadline);
    }

    @BeforeAll
    void start() {
        desk = desk(contract);
        annex = annex(contract);
        Map<String, Object> properties = App.properties(database.create(), desk);
        App.connection(properties, "annex", annex);
        for (String connection : List.of("desk", "annex")) {
            properties.put("handoff.connections." + connection + ".timeout", "5s");
            properties.put("handoff.connections." + connection + ".settings.webhook-secret", SECRET);
        }
        bot(properties, "calm", "3s", "5m", "desk", "annex");
        bot(properties, "share", "1s", "30s", "desk", "annex");
        bot(properties, "brief", "1s", "4s", "desk", "annex");
        bot(properties, "alone", "1s", "3s", "desk");
        connection(properties, "same", "2s", "1s");
        properties.put("handoff.connections.same.reopen", "same");
        bot(properties, "again", "1s", "4s", "same");
        connection(properties, "late", "1s", "6s");
        bot(properties, "late", "1s", "3s", "late");
        bot(properties, "live", "1s", "5m", "desk");
        properties.remove("handoff.bots.live.support[0]");
        app = App.start(properties);
        desk.webhooks().inbox(app.url() + "/v1/webhooks/desk", SECRET);
        annex.webhooks().inbox(app.url() + "/v1/webhooks/annex", SECRET);
    }

    @AfterAll
    void stop() {
        app.close();
        desk.stop();
        annex.stop();
    }

    @AfterEach
    void mend() {
        desk.faults().clear();
        annex.faults().clear();
        contract.assertKept();
    }

    /** Another connection to the desk, which reads what has changed there every 200 ms. */
    private void connection(Map<String, Object> properties, String name, String timeout, String settlesIn) {
        App.connection(properties, name, desk);
        properties.put("handoff.connections." + name + ".sweep", "200ms");
        properties.put("handoff.connections." + name + ".timeout", timeout);
        properties.put("handoff.connections." + name + ".capabilities.settles-in", settlesIn);
    }

    private Api bot(String id) {
        return new Api(app.url() + "/v1/bots/" + id, id + "-key-0123456789");
    }

    private static String newSession() {
        return "s-" + UUID.randomUUID();
    }

    private static String handoff(String session, String rest) {
        return handoff(session, 30, rest);
    }

    private static String handoff(String session, int wait, String rest) {
        return "{'wait': " + wait + ", 'user': {'id': '" + session + "'}, 'history': [{'author': 'user', 'text': 'Hello'}], "
                + rest + "}";
    }

    private static List<String> kinds(Api bot, String session) {
        return StreamSupport.stream(bot.log(session).spliterator(), false)
                .map(entry -> entry.path("side").asText() + " " + entry.path("kind").asText()).toList();
    }

    private static JsonNode last(Api bot, String session, String kind) {
        JsonNode found = null;
        for (JsonNode entry : bot.log(session)) {
            found = entry.path("kind").asText().equals(kind) ? entry : found;
        }
        return found;
    }

    private static Desks.Seen only(SandboxServer server, String session) {
        List<Desks.Seen> all = Desks.conversationsOf(server, session);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static void awaitControl(Api bot, String session, String control) {
        await().atMost(LONG).untilAsserted(() -> assertThat(bot.session(session).text("/control")).isEqualTo(control));
    }

    private static void awaitResolved(SandboxServer server, String session) {
        await().atMost(LONG).untilAsserted(() -> assertThat(only(server, session).status()).isEqualTo("resolved"));
    }

    @Test
    void theFirstOfTheChainHasIt() {
        String session = newSession();
        Answer answer = bot("calm").handoff(session, handoff(session, "'team': 'Travel'"));

        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(bot("calm").session(session).text("/connection")).isEqualTo("desk");
        assertThat(last(bot("calm"), session, "handoff").path("connection").asText()).isEqualTo("desk");
        assertThat(Desks.conversationsOf(annex, session)).isEmpty();
    }

    @Test
    void whatTheFirstRefusesGoesToTheSecondAtOnce() {
        String session = newSession();
        Api bot = bot("calm");
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_AFTER).on("POST", "/toggle_status").next(1));
        Answer answer = bot.handoff(session, handoff(session, "'unfinishedIntents': ['flights_3.Book']"));

        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(answer.body().path("team")).isEqualTo(Api.json("{'id': '7', 'name': 'travel'}"));
        assertThat(answer.text("/because")).contains("desk did not take it").contains("flights_3.Book");
        assertThat(only(annex, session).lines()).containsExactly("user: Hello");
        assertThat(only(annex, session).team()).isEqualToIgnoringCase("travel");
        assertThat(kinds(bot, session)).containsExactly("bot message", "bot handoff", "support handoff",
                "support assigned");
        assertThat(last(bot, session, "handoff").path("connection").asText()).isEqualTo("annex");
        assertThat(last(bot, session, "handoff").path("of").asLong()).isEqualTo(2);
        assertThat(last(bot, session, "assigned").path("of").asLong()).isEqualTo(2);
        assertThat(last(bot, session, "assigned").path("connection").asText()).isEqualTo("annex");
        assertThat(bot.session(session).text("/connection")).isEqualTo("annex");
        assertThat(bot.session(session).text("/control")).isEqualTo("queue");
        awaitResolved(desk, session);
        assertThat(only(desk, session).lines()).last().asString().startsWith("note: ").contains("not with this team");
    }

    @Test
    void whatTheFirstCannotDoGoesToTheSecondAfterAWhile() {
        String session = newSession();
        Api bot = bot("calm");
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/messages"));
        bot.handoff(session, handoff(session, 0, "'team': 'Payments'"));
        bot.message(session, "user", "Anybody?");

        await().atMost(LONG).untilAsserted(
                () -> assertThat(bot.session(session).text("/connection")).isEqualTo("annex"));
        await().atMost(LONG).ignoreExceptions().untilAsserted(
                () -> assertThat(only(annex, session).status()).isEqualTo("open"));
        assertThat(only(annex, session).lines()).containsExactly("user: Hello", "user: Anybody?");
        assertThat(only(annex, session).team()).isEqualToIgnoringCase("payments");
        assertThat(only(desk, session).status()).as("nobody there has seen it").isEqualTo("pending");
        desk.faults().clear();
        awaitResolved(desk, session);
        assertThat(last(bot, session, "assigned").path("of").asLong()).isEqualTo(2);
        long conversation = Long.parseLong(only(annex, session).id());
        annex.agents().reply(conversation, ADA, "Here I am");
        awaitControl(bot, session, "agent");
        annex.agents().resolve(conversation, ADA);
        awaitControl(bot, session, "bot");
    }

    @Test
    void whileTheFirstIsDownNewHandoffsGoToTheSecondAtOnce() {
        String session = newSession();
        desk.down();
        try {
            // For some seconds it is remembered that it was open.
            await().atMost(LONG).until(() -> bot("calm").post("/routing/explain", "{\"team\": \"Payments\"}")
                    .text("/because").contains("desk does not answer"));
            Answer answer = bot("calm").handoff(session, handoff(session, "'team': 'Payments'"));

            assertThat(answer.text("/status")).isEqualTo("transferred");
            assertThat(answer.text("/because")).contains("desk does not answer");
            assertThat(only(annex, session).lines()).containsExactly("user: Hello");
            assertThat(kinds(bot("calm"), session)).containsExactly("bot message", "bot handoff", "support assigned");
        } finally {
            desk.up();
        }
        assertThat(Desks.conversationsOf(desk, session)).isEmpty();
    }

    @Test
    void aTeamThatOnlyTheSecondHasIsFoundThereAndATeamThatIsNowhereIsRefused() {
        String session = newSession();
        Answer treasury = bot("calm").handoff(session, handoff(session, "'team': 'Treasury'"));

        assertThat(treasury.text("/status")).isEqualTo("transferred");
        assertThat(treasury.text("/because")).contains("desk does not have the team");
        assertThat(only(annex, session).team()).isEqualToIgnoringCase("treasury");
        assertThat(bot("calm").handoff(newSession(), "{'team': 'Nowhere'}").status()).isEqualTo(422);
    }

    @Test
    void anIdOfTheFirstIsAnotherTeamOnTheSecondAndWhatIsMissingThereGoesToItsDefault() {
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_AFTER).on("POST", "/toggle_status").next(1));
        String id = StreamSupport.stream(bot("calm").get("/teams").body().spliterator(), false)
                .filter(team -> team.path("name").asText().equals("bookings")).findFirst().orElseThrow().path("id").asText();
        Answer answer = bot("calm").handoff(session, handoff(session, "'team': '" + id + "'"));

        assertThat(answer.text("/status")).isEqualTo("transferred");
        assertThat(only(annex, session).team()).isEqualToIgnoringCase("front desk");
        assertThat(answer.text("/because")).contains("bookings").contains("annex has none of that name");
    }

    @Test
    void aTransferThatMayHaveHappenedIsWaitedForLongerAndLeadsToOneTeamInTheEnd() {
        String session = newSession();
        Api bot = bot("share");
        long begin = System.nanoTime();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_AFTER).on("POST", "/toggle_status"));
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("GET", "/conversations/{conversation_id}"));
        bot.handoff(session, handoff(session, "'team': 'Travel'"));

        await().atMost(LONG).untilAsserted(
                () -> assertThat(bot.session(session).text("/connection")).isEqualTo("annex"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("its share of the deadline, not only a second")
                .isGreaterThan(Duration.ofSeconds(10));
        await().atMost(LONG).ignoreExceptions().untilAsserted(
                () -> assertThat(only(annex, session).status()).isEqualTo("open"));
        assertThat(only(desk, session).status()).as("agents have it there too, as it happens").isEqualTo("open");
        desk.agents().reply(Long.parseLong(only(desk, session).id()), ADA, "From the desk");
        desk.faults().clear();

        awaitResolved(desk, session);
        await().atMost(LONG).untilAsserted(() -> assertThat(bot.log(session)).extracting(
                entry -> entry.path("text").asText()).contains("From the desk"));
        assertThat(bot.session(session).text("/connection")).isEqualTo("annex");
        assertThat(bot.session(session).text("/control")).as("not theirs any more").isEqualTo("queue");
        bot.message(session, "user", "Who are you?");
        await().atMost(LONG).untilAsserted(() -> assertThat(only(annex, session).lines()).containsExactly("user: Hello",
                "note: Ada Novak wrote to the user elsewhere:\n\nFrom the desk", "user: Who are you?"));
    }

    @Test
    void whenTheDeadlineIsOverTheBotHasTheSession() {
        String session = newSession();
        Api bot = bot("brief");
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/messages"));
        annex.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/messages"));
        bot.handoff(session, handoff(session, 0, "'team': 'Travel'"));
        bot.message(session, "user", "Anybody?");

        awaitControl(bot, session, "bot");
        assertThat(last(bot, session, "undelivered").path("of").asLong()).isEqualTo(2);
        assertThat(last(bot, session, "undelivered").path("reason").asText()).contains("in time");
        JsonNode closed = last(bot, session, "closed");
        assertThat(closed.path("unseen")).hasSize(1);
        Answer again = bot.handoff(session, "{'id': 'again', 'team': 'Travel', 'wait': 0}");
        assertThat(again.text("/control")).isEqualTo("queue");
        desk.faults().clear();
        annex.faults().clear();
        await().atMost(LONG).untilAsserted(() -> assertThat(
                Desks.conversationsOf(desk, session).stream().map(Desks.Seen::status).toList())
                .as("what the first attempt made").contains("resolved").doesNotContain("pending"));
    }

    @Test
    void withoutAChainTheBotHasTheSessionAfterTheDeadlineToo() {
        String session = newSession();
        Api bot = bot("alone");
        desk.faults().add(Fault.of(Fault.Kind.RESET_AFTER).on("POST", "/conversations"));
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("GET", "/conversations"));
        Answer answer = bot.handoff(session, handoff(session, "'team': 'Travel'"));

        assertThat(answer.text("/status")).isEqualTo("unavailable");
        assertThat(answer.text("/control")).isEqualTo("bot");
        assertThat(kinds(bot, session)).containsExactly("bot message", "bot handoff", "support undelivered",
                "support closed");
        assertThat(Desks.conversationsOf(desk, session)).hasSize(1);
        desk.faults().clear();
        awaitResolved(desk, session);
        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/status")).isEqualTo("transferred");
        assertThat(bot.session(session).text("/conversation/id")).isNotEqualTo(
                Desks.conversationsOf(desk, session).get(0).id());
        assertThat(Desks.seen(desk, bot.session(session).text("/conversation/id")).lines())
                .containsExactly("user: Hello");
    }

    private void support(String... chain) {
        Answer answer = app.admin().put("/bots/live/support", Map.of("support", List.of(chain)));
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aBotIsSwappedWhilePeopleHaveItsSessions() {
        Api bot = bot("live");
        support("desk");
        String session = newSession();
        bot.handoff(session, handoff(session, "'team': 'Travel'"));
        long old = Long.parseLong(only(desk, session).id());
        desk.agents().reply(old, ADA, "At the desk");
        awaitControl(bot, session, "agent");
        support("annex");

        assertThat(bot.get("/teams").body()).extracting(team -> team.path("name").asText()).contains("treasury");
        assertThat(bot.session(session).text("/connection")).isEqualTo("desk");
        bot.message(session, "user", "Still there?");
        await().atMost(LONG).untilAsserted(() -> assertThat(only(desk, session).lines())
                .containsExactly("user: Hello", "agent: At the desk", "user: Still there?"));
        desk.agents().reply(old, ADA, "Yes");
        await().atMost(LONG).untilAsserted(() -> assertThat(last(bot, session, "message").path("text").asText())
                .isEqualTo("Yes"));
        desk.agents().resolve(old, ADA);
        awaitControl(bot, session, "bot");
        bot.message(session, "user", "One more thing");

        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Treasury'}").text("/status")).isEqualTo("transferred");
        assertThat(bot.session(session).text("/connection")).isEqualTo("annex");
        assertThat(only(annex, session).lines()).containsExactly("user: Hello",
                "note: Ada Novak wrote to the user elsewhere:\n\nAt the desk", "user: Still there?",
                "note: Ada Novak wrote to the user elsewhere:\n\nYes", "user: One more thing");
        long now = Long.parseLong(only(annex, session).id());
        for (int i = 0; i < 8; i++) {
            // More than the desk has: conversations and messages of the same numbers are not the same.
            annex.agents().reply(now, ADA, "Annex " + i);
        }
        await().atMost(LONG).untilAsserted(() -> assertThat(bot.log(session)).extracting(
                entry -> entry.path("text").asText()).contains("Annex 0", "Annex 7"));
        annex.agents().resolve(now, ADA);
        awaitControl(bot, session, "bot");

        support("desk");
        bot.message(session, "user", "And again");
        bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");
        assertThat(bot.session(session).text("/connection")).isEqualTo("desk");
        List<String> lines = Desks.seen(desk, bot.session(session).text("/conversation/id")).lines();
        assertThat(lines).first().isEqualTo("user: One more thing");
        assertThat(lines).last().isEqualTo("user: And again");
        assertThat(lines).noneMatch(line -> line.contains("Still there?"));
        assertThat(only(annex, session).status()).isEqualTo("resolved");
    }

    @Test
    void whatIsLeftToDoOnOneConnectionHoldsUpNoOther() {
        Api bot = bot("live");
        support("desk");
        String session = newSession();
        bot.handoff(session, handoff(session, "'team': 'Travel'"));
        desk.down();
        try {
            bot.message(session, "user", "Late for the desk");
            bot.post("/sessions/" + session + "/close", "{}");
            support("annex");
            Answer answer = bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");

            assertThat(answer.text("/status")).isEqualTo("transferred");
            assertThat(bot.session(session).text("/connection")).isEqualTo("annex");
            assertThat(only(annex, session).lines()).containsExactly("user: Hello", "user: Late for the desk");
        } finally {
            desk.up();
        }
        awaitResolved(desk, session);
        assertThat(only(desk, session).lines()).startsWith("user: Hello", "user: Late for the desk");
        assertThat(only(annex, session).status()).isEqualTo("open");
    }

    /** Gives the number of the conversation at the desk. */
    private long resolvedAtTheDeskThenHandedOverToTheAnnex(Api bot, String session) {
        bot.handoff(session, handoff(session, "'team': 'Travel'"));
        long old = Long.parseLong(only(desk, session).id());
        desk.agents().resolve(old, ADA);
        awaitControl(bot, session, "bot");
        support("annex");
        bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");
        return old;
    }

    @Test
    void anAgentOfTheFormerConnectionTakesASessionThatIsTheBots() {
        Api bot = bot("live");
        support("desk");
        String session = newSession();
        long old = resolvedAtTheDeskThenHandedOverToTheAnnex(bot, session);
        desk.agents().open(old, ADA);
        desk.agents().reply(old, ADA, "I forgot something");
        await().atMost(LONG).untilAsserted(() -> assertThat(last(bot, session, "message").path("text").asText())
                .isEqualTo("I forgot something"));
        assertThat(bot.session(session).text("/control")).as("the annex has it").isEqualTo("queue");
        await().atMost(LONG).untilAsserted(() -> assertThat(only(annex, session).lines()).last().asString()
                .startsWith("note: ").contains("I forgot something"));
        annex.agents().resolve(Long.parseLong(only(annex, session).id()), ADA);
        awaitControl(bot, session, "bot");
        desk.agents().reply(old, ADA, "And this");
        awaitControl(bot, session, "agent");

        assertThat(bot.session(session).text("/connection")).isEqualTo("desk");
        bot.message(session, "user", "Thank you");
        await().atMost(LONG).untilAsserted(() -> assertThat(only(desk, session).lines()).contains("user: Thank you"));
    }

    @Test
    void anAgentWhoAnswersWhatTheBotHasTakenBackKeepsItAlsoAfterAHandoffElsewhere() {
        Api bot = bot("live");
        support("desk");
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        bot.handoff(session, handoff(session, 0, "'team': 'Travel'"));
        await().until(() -> "transfer".equals(bot.session(session).text("/lastError/operation")));
        bot.post("/sessions/" + session + "/close", "{}");
        support("annex");
        bot.handoff(session, "{'wait': 30, 'team': 'Travel', 'user': {'id': '" + session + "'}}");
        bot.post("/sessions/" + session + "/close", "{}");
        awaitResolved(annex, session);
        long conversation = Long.parseLong(only(desk, session).id());
        desk.agents().reply(conversation, ADA, "I am here");
        awaitControl(bot, session, "agent");
        JsonNode assigned = last(bot, session, "assigned");
        assertThat(assigned.path("of").asLong()).isEqualTo(2);
        assertThat(assigned.at("/conversation/id").asLong()).isEqualTo(conversation);
        desk.faults().clear();
        bot.message(session, "user", "Thank you");

        await().atMost(LONG).untilAsserted(() -> assertThat(only(desk, session).lines()).contains("user: Thank you"));
        assertThat(only(desk, session).status()).isNotEqualTo("resolved");
        assertThat(bot.session(session).text("/control")).isEqualTo("agent");
    }

    @Test
    void aCloseThatWaitsIsCarriedOutThoughAnAgentElsewhereTakesTheSessionUp() {
        Api bot = bot("live");
        support("desk");
        String session = newSession();
        long old = resolvedAtTheDeskThenHandedOverToTheAnnex(bot, session);
        annex.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        bot.post("/sessions/" + session + "/close", "{}");
        await().until(() -> "close".equals(bot.session(session).text("/lastError/operation")));
        desk.agents().open(old, ADA);
        desk.agents().reply(old, ADA, "One more thing");
        awaitControl(bot, session, "agent");
        annex.faults().clear();

        awaitResolved(annex, session);
        assertThat(bot.session(session).text("/control")).isEqualTo("agent");
        desk.agents().resolve(old, ADA);
        awaitControl(bot, session, "bot");
        assertThat(bot.handoff(session, "{'wait': 30, 'team': 'Travel'}").text("/status")).isEqualTo("transferred");
    }

    @Test
    void aCloseThatIsTriedAnewConcernsNoOtherConnection() {
        Api bot = bot("live");
        support("desk");
        String session = newSession();
        bot.handoff(session, handoff(session, "'team': 'Travel'"));
        refusedClose(bot, session);
        bot.message(session, "user", "Between");
        retry(session);
        awaitResolved(desk, session);
        support("annex");
        bot.handoff(session, handoff(session, "'team': 'Travel'"));

        assertThat(only(annex, session).lines()).containsExactly("user: Hello", "user: Between", "user: Hello");
    }

    @Test
    void aReopeningThatMayHaveHappenedIsClosedAgainWhenItIsGivenUp() {
        Api bot = bot("again");
        String session = newSession();
        bot.handoff(session, handoff(session, "'team': 'Travel'"));
        desk.agents().resolve(Long.parseLong(only(desk, session).id()), ADA);
        awaitControl(bot, session, "bot");
        desk.faults().add(Fault.of(Fault.Kind.ERROR_AFTER).on("POST", "/toggle_status"));
        bot.handoff(session, handoff(session, 0, "'team': 'Travel'"));
        awaitControl(bot, session, "bot");
        assertThat(only(desk, session).status()).isNotEqualTo("resolved");
        desk.faults().clear();

        awaitResolved(desk, session);
    }

    @Test
    void whereAnAgentAnswersBeforeWhatWasGivenUpIsClosedNothingIsThereTwice() {
        Api bot = bot("alone");
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.LIMITED).on("POST", "/toggle_status").retryAfter(Duration.ofSeconds(1)));
        bot.handoff(session, handoff(session, 0, "'team': 'Travel'"));
        awaitControl(bot, session, "bot");
        desk.agents().reply(Long.parseLong(only(desk, session).id()), ADA, "I am here");
        awaitControl(bot, session, "agent");
        desk.faults().clear();
        bot.message(session, "user", "Good");

        await().atMost(LONG).untilAsserted(() -> assertThat(only(desk, session).lines()).contains("user: Good"));
        assertThat(only(desk, session).lines()).containsOnlyOnce("user: Hello");
    }

    @Test
    void whatMayStillArriveIsWaitedForWhereAnAgentAnswersInWhatWasGivenUp() {
        Api bot = bot("late");
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.HANG_BEFORE).on("POST", "/messages").next(1).lasting(Duration.ofSeconds(5)));
        bot.handoff(session, handoff(session, 0, "'team': 'Travel'"));
        awaitControl(bot, session, "bot");
        desk.agents().reply(Long.parseLong(only(desk, session).id()), ADA, "I am here");
        awaitControl(bot, session, "agent");
        assertThat(only(desk, session).lines()).as("it has not arrived").doesNotContain("user: Hello");
        bot.message(session, "user", "Good");

        await().atMost(LONG).untilAsserted(() -> assertThat(only(desk, session).lines()).contains("user: Good"));
        assertThat(only(desk, session).lines()).containsOnlyOnce("user: Hello");
    }

    @Test
    void aCloseThatIsTriedAnewAndWaitsIsDoneThoughTheNextHandoffGoesElsewhere() {
        Api bot = bot("share");
        String session = newSession();
        bot.handoff(session, handoff(session, "'team': 'Travel'"));
        refusedClose(bot, session);
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE));
        retry(session);
        assertThat(bot.handoff(session, handoff(session, "'team': 'Travel'")).text("/status")).isEqualTo("transferred");
        assertThat(bot.session(session).text("/connection")).isEqualTo("annex");
        assertThat(only(desk, session).status()).isEqualTo("open");
        desk.faults().clear();

        awaitResolved(desk, session);
    }

    @Test
    void whatCannotBeClosedDelaysNobody() {
        Api bot = bot("late");
        String session = newSession();
        bot.handoff(session, handoff(session, "'team': 'Travel'"));
        long first = Long.parseLong(only(desk, session).id());
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
        long second = Long.parseLong(bot.handoff(session, handoff(session, "'team': 'Travel'")).text("/conversation/id"));
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        bot.post("/sessions/" + session + "/close", "{}");
        await().until(() -> "close".equals(bot.session(session).text("/lastError/operation")));
        desk.agents().open(first, ADA);
        desk.agents().reply(first, ADA, "One more thing");
        awaitControl(bot, session, "agent");
        await().atMost(LONG).until(() -> "close".equals(bot.session(session).text("/lastError/operation")));
        for (String text : List.of("What", "is", "it?")) {
            bot.message(session, "user", text);
            await().atMost(Duration.ofSeconds(3)).untilAsserted(() -> assertThat(
                    Desks.seen(desk, String.valueOf(first)).lines()).contains("user: " + text));
        }
        desk.faults().clear();
        await().atMost(LONG).untilAsserted(() -> assertThat(Desks.seen(desk, String.valueOf(second)).status())
                .isEqualTo("resolved"));
    }

    @Test
    void whatMayHaveBeenMadeInPlaceOfADeletedConversationIsClosedWhenItIsGivenUp() {
        Api bot = bot("again");
        String session = newSession();
        bot.handoff(session, handoff(session, "'team': 'Travel'"));
        long first = Long.parseLong(only(desk, session).id());
        desk.agents().resolve(first, ADA);
        awaitControl(bot, session, "bot");
        desk.delete(first);
        desk.faults().add(Fault.of(Fault.Kind.ERROR_AFTER).on("POST", "/conversations").next(1));
        desk.faults().add(Fault.of(Fault.Kind.LIMITED).on("GET", "/conversations").retryAfter(Duration.ofSeconds(1)));
        bot.handoff(session, handoff(session, 0, "'team': 'Travel'"));
        awaitControl(bot, session, "bot");
        assertThat(only(desk, session).status()).isEqualTo("pending");
        desk.faults().clear();

        awaitResolved(desk, session);
    }

    @Test
    void whatIsLeftToCloseDelaysNoHandoff() {
        Api bot = bot("late");
        String session = newSession();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        bot.handoff(session, handoff(session, 0, "'team': 'Travel'"));
        awaitControl(bot, session, "bot");
        desk.faults().clear();

        assertThat(bot.handoff(session, handoff(session, "'team': 'Travel'")).text("/status")).isEqualTo("transferred");
        await().atMost(LONG).untilAsserted(() -> assertThat(Desks.conversationsOf(desk, session))
                .extracting(Desks.Seen::status).containsExactly("resolved", "open"));
    }

    private void refusedClose(Api bot, String session) {
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_BEFORE).on("POST", "/toggle_status").next(1));
        bot.post("/sessions/" + session + "/close", "{}");
        await().until(() -> last(bot, session, "undelivered") != null);
    }

    private void retry(String session) {
        assertThat(app.admin().retry(app.admin().undelivered(session)).status()).isEqualTo(200);
    }
}
