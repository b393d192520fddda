package dev.handoff.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.handoff.bot.UnknownBot;
import dev.handoff.routing.Decision.Outcome;
import dev.handoff.session.Choice;
import dev.handoff.session.Team;
import dev.handoff.session.User;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** Decisions of the route as it is shipped. */
@CamelSpringBootTest
@SpringBootTest(classes = RoutingApplication.class, webEnvironment = WebEnvironment.NONE, properties = {
    RoutingApplication.ALONE, RoutingApplication.ROUTE, RoutingApplication.H2,
    "handoff.sandbox=true",
    "handoff.bots.shop.keys=k1", "handoff.bots.shop.support=sandbox",
    "handoff.bots.shop.routing.default=Front Desk", "handoff.bots.shop.routing.ask-intent=true",
    "handoff.bots.shop.routing.teams[0].team=travel", "handoff.bots.shop.routing.teams[0].intents=flights.*,Visa",
    "handoff.bots.shop.routing.teams[1].team=Bookings", "handoff.bots.shop.routing.teams[1].intents=flights.Book,hotels.*",
    "handoff.bots.shop.routing.teams[2].team=Ghosts", "handoff.bots.shop.routing.teams[2].intents=ghosts.*",
    "handoff.bots.shop.routing.ask[0].intent=Visa", "handoff.bots.shop.routing.ask[0].label.en=A visa",
    "handoff.bots.shop.routing.ask[0].label.de=Ein Visum",
    "handoff.bots.silent.keys=k2", "handoff.bots.silent.support=sandbox", "handoff.bots.silent.routing.default=2",
    "handoff.bots.lost.keys=k3", "handoff.bots.lost.support=sandbox", "handoff.bots.lost.routing.default=Nowhere",
    "handoff.bots.none.keys=k4", "handoff.bots.none.support=sandbox", "handoff.bots.none.routing.teams[0].team=Travel",
    "handoff.bots.none.routing.teams[0].intents=a",
    "handoff.bots.bare.keys=k5", "handoff.bots.bare.support=sandbox",
    "handoff.bots.alone.keys=k6"})
class ResolveTeamTest {

    @Autowired
    Routing routing;
    @Autowired
    InMemoryTeams over;

    @BeforeEach
    void teams() {
        over.has("sandbox", "front desk", "Travel", "Bookings", "1");
    }

    @Test
    void theRowDecides() {
        assertThat(decide("shop", "hotels.Book")).isEqualTo(new Decision(Outcome.TRANSFER, "sandbox", new Team("3", "Bookings"),
                "row 2 (Bookings) has hotels.*, and hotels.Book is unfinished", List.of()));
    }

    @Test
    void rowsAreReadFromTheFirstToTheLastWhateverTheOrderOfTheIntents() {
        assertThat(decide("shop", "hotels.Book", "FLIGHTS.book").team()).isEqualTo(new Team("2", "Travel"));
    }

    @Test
    void theBotsOwnTeamGoesBeforeTheTable() {
        Decision decision = routing.decide("shop", new RoutingRequest(List.of("flights.Book"), "BOOKINGS", null, false));
        assertThat(decision.team()).isEqualTo(new Team("3", "Bookings"));
        assertThat(decision.because()).isEqualTo("the bot named this team");
    }

    @Test
    void anIdGoesBeforeAName() {
        assertThat(named("shop", "1").team()).isEqualTo(new Team("1", "front desk"));
        assertThat(named("shop", "4").team()).isEqualTo(new Team("4", "1"));
    }

    @Test
    void aNamedTeamThatIsNotThereIsRefusedWithThoseThatAre() {
        assertThatThrownBy(() -> named("shop", "Traveling")).isInstanceOfSatisfying(UnknownTeam.class, refused -> {
            assertThat(refused.team()).isEqualTo("Traveling");
            assertThat(refused.known()).containsExactly("front desk", "Travel", "Bookings", "1");
        }).hasMessageContaining("known are front desk, Travel");
    }

    @Test
    void aNamedTeamThatWasMadeAMomentAgoIsFound() {
        over.gets("sandbox", "front desk", "New Team");
        assertThat(named("shop", "new team").team()).isEqualTo(new Team("2", "New Team"));
    }

    @Test
    void aRowsTeamThatIsNotThereGoesToTheDefaultTeamAndSaysSo() {
        assertThat(decide("shop", "ghosts.Haunt")).isEqualTo(new Decision(Outcome.TRANSFER, "sandbox", new Team("1", "front desk"),
                "row 3 (Ghosts) has ghosts.*, and ghosts.Haunt is unfinished, but sandbox has no team \"Ghosts\"; the"
                + " default team", List.of()));
    }

    @Test
    void whatNoRowHasGoesToTheDefaultTeam() {
        Decision decision = decide("shop", "weather", "jokes.Tell");
        assertThat(decision.team()).isEqualTo(new Team("1", "front desk"));
        assertThat(decision.because()).isEqualTo("no row has weather, jokes.Tell; the default team");
    }

    @Test
    void withoutAnIntentTheUserIsAskedInTheirLanguage() {
        User austrian = new User("u", null, null, null, "de-AT", null);
        Decision decision = routing.decide("shop", new RoutingRequest(Arrays.asList(" ", null), null, austrian, false));
        assertThat(decision.outcome()).isEqualTo(Outcome.ASK_INTENT);
        assertThat(decision.team()).isNull();
        assertThat(decision.choices()).containsExactly(new Choice("Visa", "Ein Visum"));
    }

    @Test
    void whoWasAskedOnceIsNotAskedAgain() {
        Decision decision = routing.decide("shop", new RoutingRequest(null, null, null, true));
        assertThat(decision.team()).isEqualTo(new Team("1", "front desk"));
        assertThat(decision.because()).isEqualTo("no intent is unfinished, and the user was asked before; the default team");
    }

    @Test
    void aBotThatDoesNotWantItsUsersAskedGetsTheDefaultTeam() {
        assertThat(decide("silent").team()).isEqualTo(new Team("2", "Travel"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lost", "none"})
    void withoutADefaultTeamNobodyCanTakeIt(String bot) {
        Decision decision = decide(bot, "x");
        assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(decision.team()).isNull();
        assertThat(decision.because()).startsWith("no row has x; ").contains("default team");
    }

    @Test
    void aBotWithoutATableHandsOverToNoTeamInParticular() {
        Decision decision = decide("bare", "x");
        assertThat(decision.outcome()).isEqualTo(Outcome.TRANSFER);
        assertThat(decision.team()).isNull();
        assertThat(decision.because()).contains("no routing table");
        assertThat(named("bare", "travel").team()).isEqualTo(new Team("2", "Travel"));
    }

    @Test
    void aBotWithoutAConnectionCannotHandOver() {
        Decision decision = decide("alone", "x");
        assertThat(decision.outcome()).isEqualTo(Outcome.UNAVAILABLE);
        assertThat(decision.because()).contains("handoff.bots.alone.support");
    }

    @Test
    void anUnknownBotIsAnError() {
        assertThatThrownBy(() -> decide("nobody")).isInstanceOf(UnknownBot.class).hasMessageContaining("nobody");
    }

    @Test
    void whenTheSupportSystemCannotBeReachedNamesAreTakenAsTheyAre() {
        over.cannotBeReached("sandbox");
        assertThat(named("shop", "Traveling").team()).isEqualTo(new Team(null, "Traveling"));
        assertThat(decide("shop", "ghosts.X").team()).isEqualTo(new Team(null, "Ghosts"));
        assertThat(decide("shop", "x").team()).isEqualTo(new Team(null, "Front Desk"));
        assertThat(decide("shop", "x").because()).contains("not checked").contains("sandbox");
    }

    @Test
    void aHangingSupportSystemIsWaitedForOnceNotByEverybody() {
        over.hangs("sandbox");
        decide("shop", "x");
        long begin = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(decide("shop", "flights.X").team().name()).isEqualToIgnoringCase("travel");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void explainsEachRow() {
        Explanation explanation = routing.explain("shop", List.of("flights.Book"), null, null);
        assertThat(explanation.decision()).isEqualTo(decide("shop", "flights.Book"));
        assertThat(explanation.rows()).containsExactly(
                new Explanation.Row(1, "travel", true, "row 1 (travel) has flights.*, and flights.Book is unfinished"),
                new Explanation.Row(2, "Bookings", true,
                        "row 2 (Bookings) has flights.Book, which is unfinished, but row 1 goes before it"),
                new Explanation.Row(3, "Ghosts", false, "it has none of the unfinished intents"));
    }

    @Test
    void explainsWhatAHandoffWouldRefuse() {
        assertThatThrownBy(() -> routing.explain("shop", List.of(), "Nobody", null)).isInstanceOf(UnknownTeam.class);
    }

    private Decision decide(String bot, String... intents) {
        return routing.decide(bot, new RoutingRequest(List.of(intents), null, null, false));
    }

    private Decision named(String bot, String team) {
        return routing.decide(bot, new RoutingRequest(List.of("flights.X"), team, null, false));
    }
}
