package dev.handoff.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.handoff.FieldsRefused;
import dev.handoff.FieldsRefused.Fault;
import dev.handoff.OwnedByFile;
import dev.handoff.bot.Bots;
import dev.handoff.bot.UnknownBot;
import dev.handoff.routing.RoutingTable.Row;
import dev.handoff.session.Team;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is set by the API: tables and support chains. The same on every database. */
@CamelSpringBootTest
@SpringBootTest(classes = RoutingApplication.class, webEnvironment = WebEnvironment.NONE, properties = {
    RoutingApplication.ALONE, RoutingApplication.ROUTE,
    "handoff.connections.desk.system=chatwoot", "handoff.connections.hotline.system=chatwoot",
    "handoff.bots.shop.keys=k1", "handoff.bots.shop.support=desk",
    "handoff.bots.bank.keys=k2",
    "handoff.bots.filed.keys=k3", "handoff.bots.filed.support=desk", "handoff.bots.filed.routing.default=Front Desk"})
abstract class StorageContract {

    @Autowired
    RoutingTables tables;
    @Autowired
    Routing routing;
    @Autowired
    Bots bots;
    @Autowired
    InMemoryTeams over;
    @Autowired
    JdbcClient database;
    @Autowired
    ProducerTemplate camel;

    @BeforeEach
    void clean() {
        over.has("desk", "Front Desk", "Travel", "Übergabe 🛫");
        over.has("hotline", "Phones");
        if (bots.get("bank").support().isEmpty()) {
            bots.setSupport("bank", List.of("desk"));
        }
    }

    @Test
    void aTableThatWasSetServesAtOnce() {
        RoutingTable table = new RoutingTable("front desk", false, List.of(new Row("Travel", List.of("flights.*"))), null);
        tables.put("shop", table);
        assertThat(tables.of("shop")).contains(table);
        assertThat(decide("flights.Book").team()).isEqualTo(new Team("2", "Travel"));

        RoutingTable next = new RoutingTable("2", false, List.of(new Row("Übergabe 🛫", List.of("flüge.*"))), List.of());
        tables.put("shop", next);
        assertThat(tables.of("shop")).contains(next);
        assertThat(decide("FLÜGE.Buchen").team()).isEqualTo(new Team("3", "Übergabe 🛫"));
        assertThat(database.sql("select count(*) from routing_table where bot = 'shop' and updated_at is not null")
                .query(Integer.class).single()).isEqualTo(1);
    }

    @Test
    void aTableOfAnySizeIsReadAsItWasWritten() {
        List<String> intents = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            intents.add("area" + i + ".Intent with ? and :name and ${body} and +" + i);
        }
        RoutingTable table = new RoutingTable("Travel", false, List.of(new Row("Front Desk", intents)), null);
        tables.put("shop", table);
        assertThat(tables.of("shop")).contains(table);
    }

    @Test
    void twoWhoSetTheFirstTableAtOnceBothSucceed() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                database.sql("delete from routing_table").update();
                Callable<Void> put = () -> {
                    tables.put("shop", new RoutingTable("Travel", false, null, null));
                    return null;
                };
                for (Future<Void> done : two.invokeAll(List.of(put, put))) {
                    done.get();
                }
                assertThat(database.sql("select count(*) from routing_table").query(Integer.class).single()).isEqualTo(1);
            }
        } finally {
            two.shutdownNow();
        }
    }

    @Test
    void aTableOfTheFileIsNotSetHere() {
        assertThatThrownBy(() -> tables.put("filed", new RoutingTable("Travel", false, null, null)))
                .isInstanceOfSatisfying(OwnedByFile.class,
                        refused -> assertThat(refused.key()).isEqualTo("handoff.bots.filed.routing"));
        assertThat(tables.of("filed").orElseThrow().defaultTeam()).isEqualTo("Front Desk");
    }

    @Test
    void teamsThatAreNotThereAreNamedByTheirPlace() {
        RoutingTable table = new RoutingTable("Nowhere", false,
                List.of(new Row("Travel", List.of("a")), new Row("Ghosts", List.of("b")), new Row("9", List.of("c"))), null);
        assertThatThrownBy(() -> tables.put("shop", table)).isInstanceOfSatisfying(FieldsRefused.class, refused -> {
            assertThat(refused.faults()).extracting(Fault::path)
                    .containsExactly("/default", "/teams/1/team", "/teams/2/team");
            assertThat(refused.faults().get(1).message())
                    .isEqualTo("\"Ghosts\" is not a team of desk; known are Front Desk, Travel, Übergabe 🛫");
        });
    }

    @Test
    void aTeamThatWasMadeAMomentAgoIsFound() {
        over.gets("desk", "Front Desk", "Travel", "New");
        tables.put("shop", new RoutingTable("new", false, null, null));
        assertThat(tables.of("shop").orElseThrow().defaultTeam()).isEqualTo("new");
    }

    @Test
    void aMalformedTableIsRefused() {
        assertThatThrownBy(() -> tables.put("shop",
                new RoutingTable("Travel", false, List.of(new Row("Travel", List.of("ok", "a..b"))), null)))
                .isInstanceOfSatisfying(FieldsRefused.class, refused -> assertThat(refused.faults())
                        .extracting(Fault::path).containsExactly("/teams/0/intents/1"));
    }

    @Test
    void aTableIsNotSetWhileNobodyKnowsTheTeams() {
        over.cannotBeReached("desk");
        assertThatThrownBy(() -> tables.put("shop", new RoutingTable("Travel", false, null, null)))
                .isInstanceOf(TeamsUnknown.class).hasMessageContaining("desk").hasMessageContaining("Connection refused");
    }

    @Test
    void anUnknownBotHasNoTable() {
        assertThatThrownBy(() -> tables.of("nobody")).isInstanceOf(UnknownBot.class);
        assertThatThrownBy(() -> tables.put("nobody", new RoutingTable("Travel", false, null, null)))
                .isInstanceOf(UnknownBot.class);
    }

    @Test
    void aChainThatTheFileLeavesOpenIsSetHere() {
        assertThat(bots.setSupport("bank", List.of("hotline", "desk")).support()).containsExactly("hotline", "desk");
        assertThat(bots.get("bank").connection()).contains("hotline");
        assertThat(bots.setSupport("bank", List.of("desk")).support()).containsExactly("desk");
        assertThat(bots.get("shop").support()).containsExactly("desk");
    }

    @Test
    void aChainOfTheFileIsNotSetHere() {
        assertThatThrownBy(() -> bots.setSupport("shop", List.of("hotline"))).isInstanceOfSatisfying(OwnedByFile.class,
                refused -> assertThat(refused.key()).isEqualTo("handoff.bots.shop.support"));
    }

    @Test
    void aChainNamesConnectionsThatThereAreOnceEach() {
        assertThatThrownBy(() -> bots.setSupport("bank", List.of("desk", "dask", "desk"))).isInstanceOfSatisfying(
                FieldsRefused.class, refused -> assertThat(refused.faults()).containsExactly(
                        new Fault("/support/1", "there is no connection \"dask\"; known are desk, hotline"),
                        new Fault("/support/2", "names \"desk\" a second time: remove it")));
        assertThatThrownBy(() -> bots.setSupport("bank", List.of())).isInstanceOf(FieldsRefused.class);
        assertThatThrownBy(() -> bots.setSupport("nobody", List.of("desk"))).isInstanceOf(UnknownBot.class);
    }

    private Decision decide(String intent) {
        return routing.decide("shop", new RoutingRequest(List.of(intent), null, null, false));
    }
}
