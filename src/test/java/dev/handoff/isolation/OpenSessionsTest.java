package dev.handoff.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import com.zaxxer.hikari.HikariDataSource;

import dev.handoff.Api;
import dev.handoff.App;
import dev.handoff.Database;
import dev.handoff.isolation.RelayLoad.Times;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * 100,000 sessions were handed over and wait, since a user or an agent is silent: they are rows and nothing else. Part
 * of {@code mvn verify -Pisolation}.
 */
@Tag("isolation")
class OpenSessionsTest {

    private static final int OPEN = Integer.getInteger("handoff.open-sessions", 100_000);
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("handoff.isolation.seconds", 20));
    private static final int PER_SECOND = 20;
    /** Short, as one is that was handed over just now; those with the load have hundreds of entries. */
    private static final String WAITING = "waiting";

    /** What the application holds, and how fast it is. */
    private record Cost(int threads, int connections, double heap, Times times, Latencies polls, double health) {

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d threads, %d connections, %.1f MB of heap; accepted %s; relayed %s;"
                    + " polls %s; health %.1f ms", threads, connections, heap, times.accepted(), times.relayed(),
                    polls, health);
        }
    }

    @ParameterizedTest
    @EnumSource
    void openSessionsCostRowsOnly(Database database) {
        SandboxSeed seed = SandboxSeed.standard().withoutAutoAssign().withMessagesPerMinute(null);
        PollTimes polls = new PollTimes();
        // H2 would keep more pages in memory the more there are.
        String url = database.create() + (database == Database.H2 ? ";CACHE_SIZE=4096" : "");
        try (SandboxServer desk = new SandboxServer(0, seed)) {
            desk.start();
            Map<String, Object> properties = App.properties(url, desk);
            properties.put("handoff.connections.desk.capabilities.messages-per-minute", 1_000_000);
            OpenSessions open = new OpenSessions(url);
            try (App app = App.start(properties, polls)) {
                RelayLoad load = new RelayLoad(app.bot(), desk, 10);
                load.run(PER_SECOND, TIME);
                Cost few = cost(app, load, polls);
                System.out.printf("%s, 10 sessions: %s%n", database, few);
                app.bot().handoff(WAITING, """
                        {'wait': 30, 'team': 'Travel', 'history': [{'author': 'user', 'text': 'Hello'},
                         {'author': 'bot', 'text': 'Hi'}, {'author': 'user', 'text': 'A person, please'}]}""");
                await().until(open::atRest);
                open.copy("shop", WAITING, OPEN);
                load.run(PER_SECOND, Duration.ofSeconds(5));
                Cost many = cost(app, load, polls);
                System.out.printf("%s, %d more: %s%n", database, OPEN, many);
                compare(database, few, many);
            }
            long before = System.nanoTime();
            try (App app = App.start(properties, polls)) {
                System.out.printf("%s: started again in %d ms%n", database, (System.nanoTime() - before) / 1_000_000);
                new RelayLoad(app.bot(), desk, 1).run(1, Duration.ofSeconds(1));
            }
        }
    }

    private static Cost cost(App app, RelayLoad load, PollTimes polls) {
        polls.take();
        Times times = load.run(PER_SECOND, TIME);
        Latencies looks = polls.take();
        app.bot().log(load.sessions().get(0));
        double health = IntStream.range(0, 5).mapToDouble(i -> health(app)).min().orElseThrow();
        return new Cost(ManagementFactory.getThreadMXBean().getThreadCount(), connections(app), heap(), times, looks,
                health);
    }

    /** Milliseconds until the answer. */
    private static double health(App app) {
        long before = System.nanoTime();
        assertThat(new Api(app.url(), null).get("/actuator/health").status()).isEqualTo(200);
        return (System.nanoTime() - before) / 1e6;
    }

    private static int connections(App app) {
        try {
            return app.bean(javax.sql.DataSource.class).unwrap(HikariDataSource.class).getHikariPoolMXBean()
                    .getTotalConnections();
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** In use after a collection, in MB. */
    private static double heap() {
        System.gc();
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }

    private static void compare(Database database, Cost few, Cost many) {
        System.out.printf(Locale.ROOT, "%s: with %d more open sessions %+d threads, %+d connections, %+.1f MB; relayed"
                + " %.2f times (median), polls %.2f times, health %.2f times%n", database, OPEN,
                many.threads() - few.threads(), many.connections() - few.connections(), many.heap() - few.heap(),
                many.times().relayed().median() / few.times().relayed().median(),
                many.polls().median() / few.polls().median(), many.health() / few.health());
        assertThat(many.threads()).as("threads").isLessThan(few.threads() + 20);
        assertThat(many.connections()).as("connections").isLessThanOrEqualTo(8);
        assertThat(many.heap()).as("MB of heap").isLessThan(few.heap() + 20);
        assertThat(many.polls().median()).as("polls").isLessThan(Math.max(2 * few.polls().median(), 2));
        assertThat(many.times().relayed().median()).as("relayed")
                .isLessThan(Math.max(1.5 * few.times().relayed().median(), few.times().relayed().median() + 5));
        assertThat(many.health()).as("health").isLessThan(few.health() + 50);
    }
}
