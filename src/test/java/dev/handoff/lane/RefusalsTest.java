package dev.handoff.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import dev.handoff.App;
import dev.handoff.Database;
import dev.handoff.Desks;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.Fault.Kind;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.Test;

/** An entry is given up for refusals only, however often other things have gone wrong before. */
class RefusalsTest {

    @Test
    void tooMuchAfterManyFailuresIsNoRefusal() {
        try (SandboxServer desk = Desks.start(SandboxSeed.standard(), new ChatwootContract())) {
            Map<String, Object> properties = App.properties(Database.H2.create(), desk);
            properties.put("handoff.connections.desk.capabilities.settles-in", "100ms");
            try (App app = App.start(properties)) {
                app.bot().handoff("s", "{'team': 'Travel', 'wait': 30}");
                desk.faults().add(Fault.of(Kind.ERROR_BEFORE).next(5).on("POST", "/messages"));
                desk.faults().add(Fault.of(Kind.LIMITED).next(1).on("POST", "/messages").retryAfter(Duration.ZERO));
                app.bot().message("s", "user", "Still there?");
                await().atMost(Duration.ofSeconds(60)).until(() -> Desks.all(desk).get(0).lines()
                        .contains("user: Still there?"));
                assertThat(app.bot().session("s").body().path("undelivered").asInt()).isZero();
                assertThat(app.bot().log("s").toString()).doesNotContain("undelivered");
            }
        }
    }
}
