package dev.handoff.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.handoff.App;
import dev.handoff.Database;
import dev.handoff.Desks;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;
import dev.handoff.session.SessionRepository;
import dev.handoff.session.SessionRow;
import dev.handoff.support.SupportSystems;

import io.github.resilience4j.core.IntervalFunction;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.support.TransactionTemplate;

/** A renewal that comes just after a run has put its lane off. */
class LateRenewalTest {

    @Test
    void doesNotPutOffWhatIsDue() {
        try (SandboxServer desk = Desks.start(SandboxSeed.standard(), new ChatwootContract())) {
            Map<String, Object> properties = App.properties(Database.H2.create(), desk);
            properties.put("handoff.lane.first-retry", "10m");
            properties.put("handoff.lane.longest-retry", "20m");
            try (App app = App.start(properties)) {
                desk.down();
                app.bot().handoff("s", "{'team': 'Travel', 'wait': 0}");
                LaneRepository lanes = app.bean(LaneRepository.class);
                SessionRow session = app.bean(SessionRepository.class).find("shop", "s").orElseThrow();
                await().until(() -> lane(app, session).owner() == null);

                Instant due = lane(app, session).due();
                assertThat(due).isAfter(Instant.now().plus(Duration.ofMinutes(4)));
                Run ended = new SupportRun(lane(app, session).lane(), session, Leg.none(session.id(), "desk"),
                        app.bean(SupportSystems.class).get("desk"), new Gate("desk", 1, null, IntervalFunction.of(1000)));
                assertThat(lanes.renew(List.of(ended), Duration.ofHours(1))).containsExactly(0);
                assertThat(lane(app, session).due()).isEqualTo(due);
            }
        }
    }

    private static LaneRepository.Locked lane(App app, SessionRow session) {
        return app.bean(TransactionTemplate.class).execute(
                status -> app.bean(LaneRepository.class).lock(session.id(), Destination.connection("desk")).orElseThrow());
    }
}
