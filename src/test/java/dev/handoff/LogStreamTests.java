package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.Events.Event;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

/** A bot follows its sessions' logs by server-sent events, or reads them, or does not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LogStreamTests {

    /** Fewer than there are streams. */
    private static final int REQUEST_THREADS = 8;

    private final Database database;
    private SandboxServer desk;
    private App app;
    private Api bot;

    LogStreamTests(Database database) {
        this.database = database;
    }

    @BeforeAll
    void start() {
        desk = Desks.start(SandboxSeed.standard(), new ChatwootContract());
        Map<String, Object> properties = App.properties(database.create(), desk);
        properties.put("management.endpoint.health.show-details", "always");
        properties.put("server.tomcat.threads.max", REQUEST_THREADS);
        app = App.start(properties);
        bot = app.bot();
    }

    @AfterAll
    void stop() {
        app.close();
        desk.stop();
    }

    private String newSession() {
        String session = "s-" + UUID.randomUUID();
        bot.message(session, "user", "Hello");
        return session;
    }

    private static List<JsonNode> entries(JsonNode log) {
        List<JsonNode> entries = new ArrayList<>();
        log.forEach(entries::add);
        return entries;
    }

    @Test
    void theLogComesFromItsBeginningAndGoesOn() {
        String session = newSession();
        try (Events events = Events.of(app, session, null)) {
            await().untilAsserted(() -> assertThat(events.seqs()).containsExactly(1L));
            bot.message(session, "bot", "Two lines\nand \"quotes\", ünï 😀");
            bot.handoff(session, "{'team': 'Travel', 'wait': 30}");

            await().untilAsserted(() -> assertThat(events.seqs()).containsExactly(1L, 2L, 3L, 4L));
            assertThat(events.all()).extracting(Event::id).containsExactly("1", "2", "3", "4");
            assertThat(events.all()).extracting(Event::kind)
                    .containsExactly("message", "message", "handoff", "assigned");
            assertThat(events.all()).extracting(Event::data).isEqualTo(entries(bot.log(session)));
        }
    }

    @Test
    void whoComesBackGetsWhatHappenedMeanwhileOnce() {
        String session = newSession();
        try (Events first = Events.of(app, session, null)) {
            await().until(() -> first.seqs().size() == 1);
        }
        IntStream.range(0, 5).forEach(i -> bot.message(session, "user", "More " + i));

        String url = app.url() + "/v1/bots/shop/sessions/" + session + "/log";
        try (Events again = Events.of(app, session, "1"); Events after = Events.of(url + "?after=4", App.BOT_KEY, null);
                Events both = Events.of(url + "?after=1", App.BOT_KEY, "5")) {
            await().untilAsserted(() -> assertThat(again.seqs()).containsExactly(2L, 3L, 4L, 5L, 6L));
            await().untilAsserted(() -> assertThat(after.seqs()).containsExactly(5L, 6L));
            await().untilAsserted(() -> assertThat(both.seqs()).containsExactly(6L));
        }
    }

    @Test
    void aLongLogComesWholeAndInOrder() {
        String session = newSession();
        String history = String.join(",", IntStream.range(0, 1000)
                .mapToObj(i -> "{'author': 'user', 'text': 'Line " + i + "'}").toList());
        try (Events events = Events.of(app, session, null).opened()) {
            bot.handoff(session, "{'team': 'Travel', 'wait': 0, 'history': [" + history + "]}");
            await().atMost(Duration.ofSeconds(20)).until(() -> events.seqs().size() >= 1002);
            assertThat(events.seqs().subList(0, 1002))
                    .isEqualTo(IntStream.rangeClosed(1, 1002).mapToObj(i -> (long) i).toList());
        }
    }

    @Test
    void manyIdleStreamsHoldNoThread() {
        String session = newSession();
        List<Events> streams = IntStream.range(0, 300).mapToObj(i -> Events.of(app, session, "1")).toList();
        streams.forEach(Events::opened);

        bot.message(session, "user", "All of you");
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(streams)
                .allSatisfy(events -> assertThat(events.seqs()).containsExactly(2L)));
        streams.forEach(Events::close);
    }

    @Test
    void clientsThatDoNotReadHoldUpNoOtherBot() throws IOException {
        String session = newSession();
        String line = "x".repeat(100_000);
        bot.handoff(session, "{'wait': 0, 'team': 'Travel', 'history': [" + String.join(",", Collections.nCopies(75,
                "{'author': 'user', 'text': '" + line + "'}")) + "]}");
        Api other = app.otherBot();
        other.message(session, "user", "Hello");
        List<Socket> deaf = new ArrayList<>();
        try (Events events = Events.of(app.url() + "/v1/bots/bank/sessions/" + session + "/log", App.OTHER_BOT_KEY, "1")
                .opened()) {
            for (int i = 0; i < 40; i++) {
                deaf.add(following(session));
            }
            for (int i = 2; i < 5; i++) {
                other.message(session, "user", "More");
                int seen = i - 1;
                await().atMost(Duration.ofSeconds(5)).until(() -> events.seqs().size() == seen);
            }
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    /** A client that asks for a log's events from the beginning and reads nothing. */
    private Socket following(String session) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(8192);
        socket.connect(new InetSocketAddress("localhost", URI.create(app.url()).getPort()));
        socket.getOutputStream().write(("GET /v1/bots/shop/sessions/" + session + "/log HTTP/1.1\r\nHost: localhost\r\n"
                + "Accept: text/event-stream\r\nAuthorization: Bearer " + App.BOT_KEY + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void anotherReplicasEntriesComeWithinASecond() {
        if (database == Database.H2) {
            System.out.println("Skipped on H2, whose file belongs to one process: anotherReplicasEntriesComeWithinASecond");
            return;
        }
        Map<String, Object> properties = App.properties(database.create(), desk);
        try (App one = App.start(properties); App other = App.start(properties)) {
            String session = "s-" + UUID.randomUUID();
            one.bot().message(session, "user", "Hello");
            try (Events events = Events.of(other, session, "1").opened()) {
                one.bot().message(session, "user", "Over there?");
                Instant said = Instant.now();
                await().until(() -> events.seqs().equals(List.of(2L)));
                assertThat(Duration.between(said, Instant.now())).isLessThan(Duration.ofMillis(1500));
            }
        }
    }

    @Test
    void aStreamEndsWithTheApplicationAtOnce() {
        App short_ = App.start(App.properties(database.create(), desk));
        short_.bot().message("s", "user", "Hello");
        try (Events events = Events.of(short_, "s", null).opened()) {
            Instant began = Instant.now();
            short_.close();
            await().until(events::hasEnded);
            assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aBotThatNeitherHasACallbackNorReadsIsToldToOperators() {
        String session = newSession();
        bot.handoff(session, "{'team': 'Travel', 'wait': 30}");
        JdbcTemplate jdbc = app.bean(JdbcTemplate.class);
        assertThat(checks()).doesNotContain("has no callback");

        jdbc.update("update entry set at = at - interval '10' minute where kind = 'assigned'");
        jdbc.update("delete from bot_reading");
        assertThat(checks()).contains("handoff.bots.shop.callback", "The bot shop has no callback");
        Api actuator = new Api(app.url() + "/actuator", null);
        assertThat(actuator.get("/health").body().at("/components/bot/status").asText()).isEqualTo("DEGRADED");
        assertThat(actuator.get("/health/readiness").body().path("status").asText()).isEqualTo("UP");

        bot.log(session);
        assertThat(checks()).doesNotContain("has no callback");
        jdbc.update("delete from bot_reading");
        assertThat(checks()).contains("has no callback");
        try (Events ignored = Events.of(app, session, null).opened()) {
            await().untilAsserted(() -> assertThat(checks()).doesNotContain("has no callback"));
        }
        assertThat(actuator.get("/health").body().at("/components/bot/status").asText()).isEqualTo("UP");
    }

    private String checks() {
        return app.admin().post("/connections/desk/check", "{}").body().toString();
    }
}
