package dev.handoff.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import dev.handoff.Api;
import dev.handoff.App;
import dev.handoff.Database;
import dev.handoff.Desks;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A process dies, or its database, when a run stores what it has come to. */
class KeptProgressTest {

    @Test
    void whatWasPostedBeforeIsNotPostedAgain() {
        try (SandboxServer desk = Desks.start(SandboxSeed.standard(), new ChatwootContract())) {
            Map<String, Object> properties = App.properties(Database.POSTGRES.create(), desk);
            properties.put("handoff.lane.lease", "5s");
            properties.put("handoff.connections.desk.capabilities.longest-text", 1000);
            properties.put("handoff.connections.desk.capabilities.settles-in", "50ms");
            try (App app = App.start(properties)) {
                Api bot = app.bot();
                String conversation = bot.handoff("s", "{'team': 'Travel', 'wait': 30}").text("/conversation/id");
                String text = "All work and no play. ".repeat(300).strip();
                desk.faults().add(Fault.latency(Duration.ofMillis(400)).on("POST", "/messages"));
                JdbcClient database = app.bean(JdbcClient.class);
                dieWhenALaneIsPutOff(database);
                bot.message("s", "user", "Short");
                bot.message("s", "user", text);
                await().until(() -> Desks.seen(desk, conversation).lines().size() > 1);
                desk.faults().add(Fault.of(Fault.Kind.LIMITED).on("POST", "/messages").retryAfter(Duration.ZERO));
                await().until(() -> database.sql("select count(*) from leg where posted like '%:%'").query(Long.class)
                        .single() == 1);
                database.sql("drop trigger die on lane").update();
                desk.faults().clear();

                await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(String.join("", Desks
                        .seen(desk, conversation).lines().stream().map(line -> line.substring("user: ".length()))
                        .toList())).isEqualTo("Short" + text));
            }
        }
    }

    @Test
    void aCloseThatWasRefusedIsOverOrNot() {
        try (SandboxServer desk = Desks.start(SandboxSeed.standard(), new ChatwootContract())) {
            Map<String, Object> properties = App.properties(Database.POSTGRES.create(), desk);
            properties.put("handoff.lane.lease", "3s");
            try (App app = App.start(properties)) {
                Api bot = app.bot();
                bot.handoff("s", "{'team': 'Travel', 'wait': 30}");
                JdbcClient database = app.bean(JdbcClient.class);
                dieWhen(database, "leg", "old.handoff_seq <> 0 and new.handoff_seq = 0");
                desk.faults().add(Fault.of(Fault.Kind.REFUSED_BEFORE).on("POST", "/toggle_status").next(1));
                bot.post("/sessions/s/close", "{}");
                await().until(() -> desk.faults().list().isEmpty());
                await().until(() -> database.sql("select count(*) from lane where owner is null").query(Long.class)
                        .single() == 0);
                database.sql("drop trigger die on leg").update();

                assertThat(bot.handoff("s", "{'team': 'Travel', 'wait': 20}").text("/status")).isEqualTo("transferred");
            }
        }
    }

    private static void dieWhenALaneIsPutOff(JdbcClient database) {
        dieWhen(database, "lane", "old.owner is not null and new.owner is null and new.due is not null");
    }

    private static void dieWhen(JdbcClient database, String table, String change) {
        database.sql("""
                create function die() returns trigger language plpgsql as $$
                begin raise exception 'the process is dead'; end $$""").update();
        database.sql("create trigger die before update on " + table + " for each row when (" + change
                + ") execute function die()").update();
    }
}
