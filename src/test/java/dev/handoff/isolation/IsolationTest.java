package dev.handoff.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

import dev.handoff.Api;
import dev.handoff.App;
import dev.handoff.Database;
import dev.handoff.isolation.RelayLoad.Times;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * While one connection hangs and another is down, the sessions of a third one go on as if nothing were: the p99 of
 * accepted and of relayed messages, against runs without the two, taken in turn. {@code mvn verify -Pisolation}.
 */
@Tag("isolation")
class IsolationTest {

    private static final int RUNS = 3;
    private static final Duration TIME = Duration.ofSeconds(Integer.getInteger("handoff.isolation.seconds", 20));
    private static final int PER_SECOND = 50;
    private static final int HEALTHY = 25;
    private static final int TROUBLED = 200;
    private static final String HANGING_KEY = "hanging-key-0123456789";
    private static final String DOWN_KEY = "down-key-0123456789";

    private final AtomicInteger number = new AtomicInteger();

    @ParameterizedTest
    @EnumSource
    void nobodyFeelsTheTroubleOfOthers(Database database) {
        SandboxSeed seed = SandboxSeed.standard().withoutAutoAssign().withMessagesPerMinute(null);
        try (SandboxServer desk = started(seed); SandboxServer hanging = started(seed);
                SandboxServer down = started(seed); App app = App.start(properties(database, desk, hanging, down))) {
            RelayLoad load = new RelayLoad(app.bot(), desk, HEALTHY);
            load.run(PER_SECOND, TIME);
            List<Times> without = new ArrayList<>();
            List<Times> with = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                without.add(said(database, "without trouble", load.run(PER_SECOND, TIME)));
                hanging.faults().add(Fault.of(Fault.Kind.HANG_BEFORE));
                down.down();
                with.add(said(database, "with trouble   ", inTrouble(app, load)));
                down.up();
                hanging.faults().clear();
                awaitHandedOver(hanging, down);
            }
            compare(database, "accepted", times -> times.accepted().p99(), without, with);
            compare(database, "relayed", times -> times.relayed().p99(), without, with);
        }
    }

    private static SandboxServer started(SandboxSeed seed) {
        SandboxServer server = new SandboxServer(0, seed);
        server.start();
        return server;
    }

    private static Map<String, Object> properties(Database database, SandboxServer desk, SandboxServer hanging,
            SandboxServer down) {
        Map<String, Object> properties = App.properties(database.create(), desk);
        App.connection(properties, "hanging", hanging);
        App.connection(properties, "down", down);
        App.bot(properties, "hanging", HANGING_KEY, "hanging");
        App.bot(properties, "down", DOWN_KEY, "down");
        properties.keySet().removeIf(key -> key.startsWith("handoff.lane."));
        List.of("desk", "hanging", "down").forEach(name -> {
            properties.put("handoff.connections." + name + ".timeout", "10s");
            properties.put("handoff.connections." + name + ".capabilities.messages-per-minute", 1_000_000);
        });
        return properties;
    }

    /** Sessions wait for both; some of their users go on writing. */
    private Times inTrouble(App app, RelayLoad load) {
        Api hanging = new Api(app.url() + "/v1/bots/hanging", HANGING_KEY);
        Api down = new Api(app.url() + "/v1/bots/down", DOWN_KEY);
        int run = number.incrementAndGet();
        for (int i = 0; i < TROUBLED; i++) {
            hanging.handoff("s-" + run + "-" + i, "{'wait': 0, 'team': 'Travel'}");
            down.handoff("s-" + run + "-" + i, "{'wait': 0, 'team': 'Travel'}");
        }
        ScheduledExecutorService users = Executors.newSingleThreadScheduledExecutor();
        AtomicInteger next = new AtomicInteger();
        users.scheduleAtFixedRate(() -> {
            String session = "s-" + run + "-" + next.incrementAndGet() % TROUBLED;
            hanging.message(session, "user", "Hello?");
            down.message(session, "user", "Hello?");
        }, 0, 200, TimeUnit.MILLISECONDS);
        try {
            return load.run(PER_SECOND, TIME);
        } finally {
            users.shutdown();
        }
    }

    private void awaitHandedOver(SandboxServer... desks) {
        for (SandboxServer desk : desks) {
            await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofSeconds(1)).until(() -> desk.view().all()
                    .stream().filter(conversation -> conversation.status().equals("open")).count()
                    == (long) TROUBLED * number.get());
        }
    }

    private static Times said(Database database, String what, Times times) {
        System.out.printf("%s, %s: accepted %s; relayed %s%n", database, what, times.accepted(), times.relayed());
        return times;
    }

    private static void compare(Database database, String what, ToDoubleFunction<Times> p99, List<Times> without,
            List<Times> with) {
        double alone = median(without, p99);
        double troubled = median(with, p99);
        System.out.printf(Locale.ROOT, "%s: p99 %s, median of %d: %.1f ms without trouble, %.1f ms with, %.2f times%n",
                database, what, RUNS, alone, troubled, troubled / alone);
        assertThat(troubled).as("p99 %s", what).isLessThanOrEqualTo(Math.max(1.1 * alone, alone + 5));
    }

    private static double median(List<Times> runs, ToDoubleFunction<Times> p99) {
        return runs.stream().mapToDouble(p99).sorted().skip(runs.size() / 2).findFirst().orElseThrow();
    }
}
