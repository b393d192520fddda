package dev.handoff.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;

import dev.handoff.routing.Decision.Outcome;
import dev.handoff.session.Team;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Which connection of a chain takes a handoff, and which team there. */
@CamelSpringBootTest
@SpringBootTest(classes = RoutingApplication.class, webEnvironment = WebEnvironment.NONE, properties = {
    RoutingApplication.ALONE, RoutingApplication.ROUTE, RoutingApplication.H2,
    "handoff.connections.desk.system=chatwoot", "handoff.connections.annex.system=chatwoot",
    "handoff.bots.shop.keys=k1", "handoff.bots.shop.support=desk,annex",
    "handoff.bots.shop.routing.default=Front Desk", "handoff.bots.shop.routing.ask-intent=true",
    "handoff.bots.shop.routing.teams[0].team=2", "handoff.bots.shop.routing.teams[0].intents=flights.*",
    "handoff.bots.shop.routing.teams[1].team=Treasury", "handoff.bots.shop.routing.teams[1].intents=money.*",
    "handoff.bots.shop.routing.ask[0].intent=flights.Book", "handoff.bots.shop.routing.ask[0].label.en=A flight",
    "handoff.bots.strict.keys=k2", "handoff.bots.strict.support=desk,annex",
    "handoff.bots.strict.routing.default=Treasury"})
class ChainRoutingTest {

    @Autowired
    Routing routing;
    @Autowired
    RoutingHealth health;
    @Autowired
    InMemoryTeams over;

    @BeforeEach
    void teams() {
        over.has("desk", "Front Desk", "Travel");
        over.has("annex", "Front Desk", "Treasury", "Travel");
        over.isOpen("desk", true);
        over.isOpen("annex", null);
    }

    @Test
    void theFirstThatIsOpen() {
        assertThat(decide("flights.Book").connection()).isEqualTo("desk");
        over.isOpen("desk", false);
        Decision second = decide("flights.Book");
        assertThat(second.connection()).isEqualTo("annex");
        assertThat(second.because()).startsWith("desk is closed; row 1");
    }

    @Test
    void anIdIsTheFirstConnectionsAndMeansTheSameTeamElsewhere() {
        over.isOpen("desk", false);
        assertThat(decide("flights.Book").team()).isEqualTo(new Team("3", "Travel"));
        assertThat(routing.decide("shop", new RoutingRequest(List.of(), "2", null, false)).team())
                .isEqualTo(new Team("3", "Travel"));
    }

    @Test
    void whereNoneIsOpenItWaitsWhereSomebodyWillCome() {
        over.doesNotTell("desk");
        over.isOpen("annex", false);
        assertThat(decide("flights.Book").connection()).isEqualTo("annex");
        over.doesNotTell("annex");
        assertThat(decide("flights.Book").connection()).isEqualTo("desk");
    }

    @Test
    void aConnectionWithoutATeamForItIsPassedOver() {
        Decision strict = routing.decide("strict", new RoutingRequest(List.of("x"), null, null, false));
        assertThat(strict.connection()).isEqualTo("annex");
        assertThat(strict.because()).contains("desk has no team for it");
        over.has("annex", "Front Desk");
        assertThat(routing.decide("strict", new RoutingRequest(List.of("x"), null, null, false)).outcome())
                .isEqualTo(Outcome.UNAVAILABLE);
    }

    @Test
    void aTeamThatTheBotNamesIsSoughtEverywhere() {
        assertThat(routing.decide("shop", new RoutingRequest(List.of(), "treasury", null, false)).connection())
                .isEqualTo("annex");
        assertThatThrownBy(() -> routing.decide("shop", new RoutingRequest(List.of(), "Nobody", null, false)))
                .isInstanceOf(UnknownTeam.class).hasMessageContaining("desk");
    }

    @Test
    void theUserIsAskedWhicheverConnectionItIs() {
        over.isOpen("desk", false);
        assertThat(decide().outcome()).isEqualTo(Outcome.ASK_INTENT);
    }

    @Test
    void forAHandoffThatWentWrongElsewhereNobodyIsAskedAndNobodySilentIsTaken() {
        Decision named = routing.decide("shop", List.of("annex"), false, new RoutingRequest(List.of(), "Nobody", null, false));
        assertThat(named.team()).isEqualTo(new Team("1", "Front Desk"));
        assertThat(routing.decide("shop", List.of("annex"), false, new RoutingRequest(List.of(), null, null, false)).team())
                .isEqualTo(new Team("1", "Front Desk"));
        over.doesNotTell("annex");
        RoutingRequest request = new RoutingRequest(List.of("flights.Book"), null, null, true);
        assertThat(routing.decide("shop", List.of("annex"), false, request).outcome()).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(routing.decide("shop", List.of("annex"), true, request).connection()).isEqualTo("annex");
    }

    @Test
    void theHealthLooksAtEveryConnection() {
        assertThat(health.states().get("shop")).isEqualTo(
                new RoutingHealth.State(RoutingHealth.DEGRADED, "desk", List.of("Treasury")));
        over.has("desk", "Front Desk", "Travel", "Treasury");
        assertThat(health.states().get("shop").unknownTeams()).isEmpty();
        over.has("annex", "Front Desk", "Treasury");
        assertThat(health.states().get("shop")).isEqualTo(
                new RoutingHealth.State(RoutingHealth.DEGRADED, "annex", List.of("2")));
    }

    private Decision decide(String... intents) {
        return routing.decide("shop", new RoutingRequest(List.of(intents), null, null, false));
    }
}
