package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How soon lanes go on after {@code kill -9}. What they were sending when it came is there already, and is found; what
 * follows is measured.
 */
class RecoveryTest {

    private static final int SESSIONS = Integer.getInteger("handoff.recovery.sessions", 5);
    /** So long that who waits for its end is late on any machine. */
    private static final Duration LONG_LEASE = Duration.ofSeconds(60);
    private static final Duration SHORT_LEASE = Duration.ofSeconds(8);

    private final ChatwootContract contract = new ChatwootContract();
    private SandboxServer desk;

    @BeforeEach
    void open() {
        desk = Desks.start(SandboxSeed.standard().withoutAutoAssign(), contract);
    }

    @AfterEach
    void close() {
        desk.stop();
        contract.assertKept();
    }

    private Map<String, Object> properties(Database database, Duration lease) {
        Map<String, Object> properties = App.properties(database.create(), desk);
        properties.put("handoff.lane.lease", lease.toMillis() + "ms");
        properties.put("handoff.connections.desk.timeout", "6s");
        // Else what follows had to wait until a request that was lost cannot come any more.
        properties.put("handoff.connections.desk.capabilities.settles-in", "50ms");
        properties.put("handoff.node", "one");
        return properties;
    }

    /** The process dies while each session's first message is being sent, and its second one waits. */
    private List<String> dyingInTheMiddle(AppProcess app) {
        List<String> conversations = IntStream.range(0, SESSIONS).mapToObj(i -> app.bot()
                .handoff("s-" + i, "{'wait': 30, 'team': 'Travel'}").text("/conversation/id")).toList();
        desk.faults().add(Fault.of(Fault.Kind.HANG_AFTER).on("POST", "/messages").next(SESSIONS));
        IntStream.range(0, SESSIONS).forEach(i -> app.bot().message("s-" + i, "user", "One"));
        IntStream.range(0, SESSIONS).forEach(i -> app.bot().message("s-" + i, "user", "Two"));
        await().until(() -> desk.faults().list().isEmpty());
        app.kill();
        desk.faults().clear();
        return conversations;
    }

    private Duration untilAllIsThere(List<String> conversations, Duration atMost) {
        long from = System.nanoTime();
        await().atMost(atMost).pollInterval(Duration.ofMillis(10)).until(() -> conversations.stream()
                .allMatch(one -> Desks.seen(desk, one).lines().size() > 1));
        Duration took = Duration.ofNanos(System.nanoTime() - from);
        assertThat(conversations).allSatisfy(one -> assertThat(Desks.seen(desk, one).lines())
                .containsExactly("user: One", "user: Two"));
        return took;
    }

    @ParameterizedTest
    @EnumSource
    void afterAKillANodesOwnLanesGoOnAtOnce(Database database) {
        Map<String, Object> properties = properties(database, LONG_LEASE);
        List<String> conversations = dyingInTheMiddle(AppProcess.start(properties));
        try (AppProcess again = AppProcess.start(properties)) {
            Duration took = untilAllIsThere(conversations, LONG_LEASE.dividedBy(2));

            System.out.printf("%s: after a kill %d lanes went on within %d ms of being ready%n", database, SESSIONS,
                    took.toMillis());
        }
    }

    @Test
    void onH2TheNodeNeedsNoName() {
        Map<String, Object> properties = properties(Database.H2, LONG_LEASE);
        properties.remove("handoff.node");
        List<String> conversations = dyingInTheMiddle(AppProcess.start(properties));
        try (AppProcess again = AppProcess.start(properties)) {
            untilAllIsThere(conversations, LONG_LEASE.dividedBy(2));
        }
    }

    @Test
    void lanesOfANodeThatIsGoneGoOnWhenTheirLeaseHasRunDown() {
        Map<String, Object> properties = properties(Database.POSTGRES, SHORT_LEASE);
        AppProcess first = AppProcess.start(properties);
        properties.put("handoff.node", "two");
        try (AppProcess second = AppProcess.start(properties)) {
            List<String> conversations = dyingInTheMiddle(first);
            Duration took = untilAllIsThere(conversations, SHORT_LEASE.plusSeconds(30));

            System.out.printf("POSTGRES: %d lanes of a node that was killed went on after %d ms on another; the lease"
                    + " is %d ms%n", SESSIONS, took.toMillis(), SHORT_LEASE.toMillis());
            assertThat(took).as("the dead one might have been only slow").isGreaterThan(SHORT_LEASE.dividedBy(2));
        }
    }
}
