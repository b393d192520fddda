package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** So much has happened that asking for it takes longer than a lease. */
class LongSweepTest {

    private static final int SEVERAL_PAGES = 80;

    @Test
    void oneReplicaDoesItAndComesToItsEnd() {
        try (SandboxServer desk = Desks.start(SandboxSeed.standard(), new ChatwootContract())) {
            Map<String, Object> properties = App.properties(Database.POSTGRES.create(), desk);
            properties.put("handoff.lane.lease", "3s");
            properties.put("handoff.connections.desk.sweep", "200ms");
            try (App app = App.start(properties); App other = App.start(properties)) {
                for (int i = 0; i < SEVERAL_PAGES; i++) {
                    app.bot().handoff("s" + i, "{'wait': 0, 'team': 'Travel'}");
                }
                await().atMost(Duration.ofSeconds(30)).until(() -> desk.view().all().stream()
                        .filter(one -> one.status().equals("open")).count() == SEVERAL_PAGES);
                desk.faults().add(Fault.latency(Duration.ofMillis(1500)).on("GET", "/conversations"));
                String before = position(other);
                // Positions are seconds.
                await().until(() -> Instant.now().getEpochSecond() > Long.parseLong(before));
                desk.agents().reply(desk.view().all().get(0).id(), 2, "I am here");

                await().atMost(Duration.ofSeconds(30)).untilAsserted(
                        () -> assertThat(position(other)).isGreaterThan(before));
            }
        }
    }

    private static String position(App app) {
        return app.bean(JdbcClient.class).sql("select position from sweep").query(String.class).single();
    }
}
