package dev.handoff.support;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.handoff.session.Team;
import dev.handoff.support.ScriptedServer.Reply;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is remembered of teams, and that a system is not asked more than needed. */
class SupportDirectoryTest extends SupportTest {

    private static final String TEAMS = "/api/v1/accounts/1/teams";

    /** One with nothing remembered. */
    @BeforeEach
    void fresh() {
        directory = new SupportDirectory(systems);
    }

    @Test
    void whatWasJustReadIsNotReadAnew() {
        SERVER.on("GET", TEAMS, "[{\"id\":2,\"name\":\"sales\"}]");

        assertThat(directory.teams("desk").join()).containsExactly(new Team("2", "sales"));
        assertThat(directory.refreshTeams("desk").join()).containsExactly(new Team("2", "sales"));
        assertThat(SERVER.requests()).hasSize(1);
    }

    @Test
    void manyCallersMakeOneFetch() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        SERVER.on("GET", TEAMS, r -> {
            hold(asked);
            return Reply.json("[]");
        });
        List<CompletableFuture<List<Team>>> callers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            callers.add(directory.teams("desk"));
        }
        assertThat(callers).noneMatch(CompletableFuture::isDone);
        asked.countDown();

        CompletableFuture.allOf(callers.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
        assertThat(SERVER.requests()).hasSize(1);
    }

    @Test
    void aFailingSystemIsNotAskedByEveryCaller() {
        SERVER.on("GET", TEAMS, r -> Reply.status(500, "{}"));
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> directory.teams("desk").join()).isInstanceOf(CompletionException.class)
                    .hasCauseInstanceOf(CallFailed.class);
        }
        assertThat(SERVER.requests()).hasSize(1);
    }

    @Test
    void availabilityIsRememberedPerTeam() {
        SERVER.on("GET", TEAMS + "/2/team_members", "[{\"availability_status\":\"online\"}]");
        SERVER.on("GET", "/api/v1/accounts/1/inboxes/3", "{\"working_hours_enabled\":false}");

        for (int i = 0; i < 5; i++) {
            assertThat(directory.availability("desk", new Team("2", "sales")).join().agentsOnline()).isEqualTo(1);
        }
        assertThat(SERVER.requests()).hasSize(2);
    }

    @Test
    void anUnknownConnectionIsTheCallersFault() {
        assertThatThrownBy(() -> directory.teams("dusk")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("desk");
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
