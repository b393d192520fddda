package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.Api.Answer;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The configuration is changed between two starts; and several bots, systems and chains live in one application. */
abstract class ChainRestartTests {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String SECRET = "webhook-secret-1";
    private static final long ADA = 2;

    private final Database database;
    private final ChatwootContract contract = new ChatwootContract();
    private final SandboxServer desk = ChainTests.desk(contract);
    private final SandboxServer annex = ChainTests.annex(contract);
    private Map<String, Object> properties;
    private App app;

    @TempDir
    private Path folder;

    ChainRestartTests(Database database) {
        this.database = database;
    }

    @BeforeEach
    void configure() {
        properties = App.properties(database.create(), desk);
        App.connection(properties, "annex", annex);
        for (String connection : List.of("desk", "annex")) {
            properties.put("handoff.connections." + connection + ".timeout", "5s");
            properties.put("handoff.connections." + connection + ".settings.webhook-secret", SECRET);
        }
        ChainTests.bot(properties, "shop", "1s", "5m", "desk");
        properties.put("handoff.bots.shop.keys[0]", App.BOT_KEY);
    }

    @AfterEach
    void stop() {
        if (app != null) {
            app.close();
        }
        desk.stop();
        annex.stop();
        contract.assertKept();
    }

    private Api restarted() {
        if (app != null) {
            app.close();
        }
        app = App.start(properties);
        desk.webhooks().clear();
        desk.webhooks().inbox(app.url() + "/v1/webhooks/desk", SECRET);
        annex.webhooks().inbox(app.url() + "/v1/webhooks/annex", SECRET);
        return app.bot();
    }

    private void remove(String connection) {
        properties.keySet().removeIf(key -> key.startsWith("handoff.connections." + connection + "."));
        properties.remove("handoff.bots.bank.support[0]");
    }

    private static List<String> kinds(Api bot, String session) {
        List<String> kinds = new ArrayList<>();
        bot.log(session).forEach(entry -> kinds.add(entry.path("kind").asText()));
        return kinds;
    }

    private static Desks.Seen only(SandboxServer server, String user) {
        List<Desks.Seen> all = Desks.conversationsOf(server, user);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static void awaitControl(Api bot, String session, String control) {
        await().atMost(LONG).untilAsserted(() -> assertThat(bot.session(session).text("/control")).isEqualTo(control));
    }

    @Test
    void oneLineSwapsABotAndPeopleKeepWhatTheyHave() {
        Api bot = restarted();
        bot.handoff("s", "{'wait': 30, 'team': 'Travel', 'user': {'id': 'ana'}}");
        properties.put("handoff.bots.shop.support[0]", "annex");
        bot = restarted();

        bot.message("s", "user", "Still there?");
        await().atMost(LONG).untilAsserted(
                () -> assertThat(only(desk, "ana").lines()).containsExactly("user: Still there?"));
        desk.agents().reply(Long.parseLong(only(desk, "ana").id()), ADA, "Yes");
        awaitControl(bot, "s", "agent");
        bot.handoff("t", "{'wait': 30, 'team': 'Treasury', 'user': {'id': 'ben'}}");
        assertThat(only(annex, "ben").team()).isEqualToIgnoringCase("treasury");
        bot.post("/sessions/s/close", "{}");
        await().atMost(LONG).untilAsserted(() -> assertThat(only(desk, "ana").status()).isEqualTo("resolved"));
    }

    @Test
    void aHandoffIsPassedOnAlsoByAProcessThatDidNotBeginIt() {
        properties.put("handoff.bots.shop.failover", "1h");
        Api bot = restarted();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/messages"));
        bot.handoff("s", "{'wait': 0, 'team': 'Travel', 'user': {'id': 'ana'},"
                + " 'history': [{'author': 'user', 'text': 'Hello'}]}");
        await().atMost(LONG).untilAsserted(() -> assertThat(app.bot().session("s").body().hasNonNull("lastError"))
                .isTrue());
        properties.put("handoff.bots.shop.failover", "1s");
        properties.put("handoff.bots.shop.support[1]", "annex");
        Api after = restarted();

        await().atMost(LONG).ignoreExceptions().untilAsserted(
                () -> assertThat(only(annex, "ana").lines()).containsExactly("user: Hello"));
        assertThat(after.session("s").text("/connection")).isEqualTo("annex");
        desk.faults().clear();
        await().atMost(LONG).untilAsserted(() -> assertThat(only(desk, "ana").status()).isEqualTo("resolved"));
    }

    @Test
    void sessionsOnAConnectionThatIsTakenAwayAreGivenBackOrGoOnElsewhere() {
        Api bot = restarted();
        bot.handoff("people", "{'wait': 30, 'team': 'Travel', 'user': {'id': 'ana'}}");
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        bot.handoff("waits", "{'wait': 0, 'team': 'Travel', 'user': {'id': 'ben'}}");
        await().atMost(LONG).untilAsserted(() -> assertThat(app.bot().session("waits").body().hasNonNull("lastError"))
                .isTrue());
        Map<String, Object> before = Map.copyOf(properties);
        remove("desk");
        properties.put("handoff.bots.shop.support[0]", "annex");
        Api without = restarted();

        awaitControl(without, "people", "bot");
        assertThat(kinds(without, "people")).containsExactly("handoff", "assigned", "closed");
        assertThat(without.log("people").get(2).path("reason").asText()).contains("desk").contains("not configured");
        await().atMost(LONG).ignoreExceptions().untilAsserted(
                () -> assertThat(only(annex, "ben").status()).isEqualTo("open"));
        without.message("people", "user", "And now?");
        without.handoff("people", "{'wait': 30, 'team': 'Travel'}");
        assertThat(only(annex, "ana").lines()).containsExactly("user: And now?");

        desk.faults().clear();
        properties.putAll(before);
        properties.put("handoff.bots.shop.support[0]", "annex");
        restarted();
        await().atMost(LONG).untilAsserted(() -> {
            assertThat(only(desk, "ana").status()).isEqualTo("resolved");
            assertThat(only(desk, "ben").status()).isEqualTo("resolved");
        });
        assertThat(app.bot().session("people").text("/control")).isEqualTo("queue");
    }

    @Test
    void whatIsLeftToReadOnAConnectionThatIsTakenAwayWaitsForIt() {
        Api bot = restarted();
        bot.handoff("s", "{'wait': 30, 'team': 'Travel', 'user': {'id': 'ana'}}");
        desk.faults().add(Fault.of(Fault.Kind.LIMITED).on("GET", "/messages"));
        desk.agents().reply(Long.parseLong(only(desk, "ana").id()), ADA, "I am here");
        await().atMost(LONG).until(() -> reader("attempts") > 0);
        Map<String, Object> before = Map.copyOf(properties);
        remove("desk");
        properties.put("handoff.bots.shop.support[0]", "annex");
        awaitControl(restarted(), "s", "bot");

        await().during(Duration.ofSeconds(2)).atMost(LONG).until(() -> reader("case when owner is null then 0 else 1 end") == 0);
        desk.faults().clear();
        properties.putAll(before);
        restarted();
        await().atMost(LONG).untilAsserted(() -> assertThat(app.bot().log("s")).anySatisfy(
                entry -> assertThat(entry.path("text").asText()).isEqualTo("I am here")));
    }

    private long reader(String column) {
        return app.bean(JdbcClient.class).sql("select " + column + " from reader").query(Long.class).single();
    }

    @Test
    void aHandoffOfABotThatIsTakenAwayIsNotLookedAtWithoutAPause() {
        App.bot(properties, "gone", "gone-key-0123456789", "desk");
        restarted();
        desk.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/toggle_status"));
        new Api(app.url() + "/v1/bots/gone", "gone-key-0123456789").handoff("s", "{'wait': 0, 'team': 'Travel'}");
        properties.keySet().removeIf(key -> key.startsWith("handoff.bots.gone."));
        restarted();

        JdbcClient database = app.bean(JdbcClient.class);
        await().atMost(LONG).until(() -> database.sql("""
                select count(*) from turn where due > current_timestamp + interval '0.5' second
                  and due < current_timestamp + interval '1.5' second""").query(Long.class).single() == 1);
    }

    /** Routes of two systems: Chatwoot's, and a copy of them under another name. */
    private void twoSystems() {
        copy(Path.of("routes"), folder);
        Path other = folder.resolve("support/other");
        try {
            Files.createDirectories(other);
            try (Stream<Path> files = Files.list(Path.of("routes/support/chatwoot"))) {
                for (Path file : files.toList()) {
                    Files.writeString(other.resolve(file.getFileName().toString().replace("chatwoot", "other")),
                            Files.readString(file).replace("chatwoot-", "other-"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        properties.put("handoff.routes", folder);
        properties.put("handoff.connections.annex.system", "other");
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Path target = to.resolve(from.relativize(path));
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void twoBotsOnTwoSystemsAndAChainOfBothAtOnce() {
        twoSystems();
        ChainTests.bot(properties, "pay", "1s", "5m", "annex");
        ChainTests.bot(properties, "both", "1s", "5m", "desk", "annex");
        Api shop = restarted();
        Api pay = new Api(app.url() + "/v1/bots/pay", "pay-key-0123456789");
        Api both = new Api(app.url() + "/v1/bots/both", "both-key-0123456789");
        shop.handoff("warm-up", "{'wait': 30, 'team': 'Travel'}");
        both.handoff("first", "{'wait': 30, 'team': 'Travel', 'user': {'id': 'first'}}");
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_AFTER).on("POST", "/toggle_status").next(1));
        both.handoff("second", "{'wait': 30, 'team': 'Travel', 'user': {'id': 'second'}}");
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            JsonNode body = Api.json("{'wait': 30, 'team': 'Travel', 'user': {'id': 'u" + i
                    + "'}, 'history': [{'author': 'user', 'text': 'I am " + i + "'}]}");
            answers.add(shop.postAsync("/sessions/s" + i + "/handoff", body));
            answers.add(pay.postAsync("/sessions/s" + i + "/handoff", body));
        }

        assertThat(answers).extracting(CompletableFuture::join).extracting(answer -> answer.text("/status"))
                .containsOnly("transferred");
        for (int i = 0; i < 10; i++) {
            String user = "u" + i;
            assertThat(only(desk, user).lines()).containsExactly("user: I am " + i);
            assertThat(only(annex, user).lines()).containsExactly("user: I am " + i);
            assertThat(shop.session("s" + i).text("/connection")).isEqualTo("desk");
            assertThat(pay.session("s" + i).text("/connection")).isEqualTo("annex");
        }
        assertThat(only(desk, "first").status()).isEqualTo("open");
        assertThat(only(annex, "second").status()).isEqualTo("open");
        annex.agents().reply(Long.parseLong(only(annex, "u3").id()), ADA, "To three");
        awaitControl(pay, "s3", "agent");
        assertThat(shop.session("s3").text("/control")).isEqualTo("queue");
    }
}
