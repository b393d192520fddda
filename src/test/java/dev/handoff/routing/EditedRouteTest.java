package dev.handoff.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.handoff.routing.Decision.Outcome;
import dev.handoff.session.Team;
import dev.handoff.session.User;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What an integration engineer does to the route, and what then becomes of a handoff. */
@CamelSpringBootTest
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = RoutingApplication.class, webEnvironment = WebEnvironment.NONE, properties = {
    RoutingApplication.ALONE, RoutingApplication.ROUTE, RoutingApplication.H2,
    "handoff.sandbox=true", "handoff.bots.shop.keys=k1", "handoff.bots.shop.support=sandbox",
    "handoff.bots.shop.routing.default=Front Desk",
    "handoff.bots.shop.routing.teams[0].team=Travel", "handoff.bots.shop.routing.teams[0].intents=flights.*"})
class EditedRouteTest {

    private static final Path FILE = Path.of("routes/handoff/resolve-team.camel.yaml");
    private static final User VIP = new User("u", "Ann", null, null, "en", Map.of("plan", "vip"));

    @Autowired
    Routing routing;
    @Autowired
    InMemoryTeams over;
    @Autowired
    CamelContext camel;

    @BeforeEach
    void teams() {
        over.has("sandbox", "Front Desk", "Travel", "VIP Desk");
    }

    @AfterEach
    void shipped() throws Exception {
        load(Files.readString(FILE));
    }

    /** The rule that stands in the file as a comment is the first thing that anybody tries. */
    @Test
    void theRuleInTheFilesCommentWorksAsItStands() throws Exception {
        load(Files.readString(FILE).replaceAll("(?m)^( {14})# (- .*|  .*)$", "$1$2"));
        assertThat(decide(VIP)).isEqualTo(new Decision(Outcome.TRANSFER, "sandbox", new Team("3", "VIP Desk"),
                "the user has the plan vip", List.of()));
        assertThat(decide(new User("u", null, null, null, null, null)).team()).isEqualTo(new Team("2", "Travel"));
        assertThat(decide(null).team()).isEqualTo(new Team("2", "Travel"));
    }

    @Test
    void aRulesTeamThatIsNotThereGoesToTheDefaultTeam() throws Exception {
        over.has("sandbox", "Front Desk", "Travel");
        load(Files.readString(FILE).replaceAll("(?m)^( {14})# (- .*|  .*)$", "$1$2"));
        assertThat(decide(VIP).team()).isEqualTo(new Team("1", "Front Desk"));
        assertThat(decide(VIP).because()).contains("the user has the plan vip").contains("no team \"VIP Desk\"");
    }

    @Test
    void aStepBeforeTheTableMayAddAnIntent() throws Exception {
        load(shippedWith("""
                        - setVariable:
                            name: unfinishedIntents
                            expression:
                              groovy:
                                expression: "['flights.' + variable.user.attributes.plan]"
                """));
        assertThat(routing.decide("shop", new RoutingRequest(List.of(), null, VIP, false)).because())
                .isEqualTo("row 1 (Travel) has flights.*, and flights.vip is unfinished");
    }

    @Test
    void anEndWithoutADecisionGoesToTheDefaultTeamAndSaysSo(CapturedOutput output) throws Exception {
        load(Files.readString(FILE).replace("uri: direct:team-of-row", "uri: log:lost?level=DEBUG"));
        assertFault("the route resolve-team ended without a decision (an empty body)", output);
    }

    @Test
    void aBodyThatIsNoDecisionGoesToTheDefaultTeamAndSaysSo(CapturedOutput output) throws Exception {
        load(Files.readString(FILE).replace("""
                    - to:
                        uri: direct:team-of-row""".indent(18).stripTrailing().stripLeading(), """
                    - setBody:
                        constant: Travel""".indent(18).stripTrailing().stripLeading()));
        assertFault("the route resolve-team ended without a decision (a body of the class String)", output);
    }

    @Test
    void aRouteThatFailsGoesToTheDefaultTeamAndSaysSo(CapturedOutput output) throws Exception {
        load(Files.readString(FILE).replace("variable.row != null", "variable.row.nothing.such"));
        assertFault("the route resolve-team failed: ", output);
    }

    @Test
    void aStepWhoseVariableIsMissingSaysWhich(CapturedOutput output) throws Exception {
        load(Files.readString(FILE).replace("direct:team-of-row", "direct:team-by-rule"));
        assertFault("the route resolve-team failed: direct:team-by-rule needs the variable team, which is not set", output);
    }

    @Test
    void aRouteThatIsGoneGoesToTheDefaultTeamAtOnce(CapturedOutput output) throws Exception {
        camel.getRouteController().stopRoute("resolve-team");
        try {
            assertFault("the route resolve-team failed: ", output);
        } finally {
            camel.getRouteController().startRoute("resolve-team");
        }
    }

    @Test
    void aBrokenRouteIsNeverAWayAroundARefusal() throws Exception {
        load(Files.readString(FILE).replace("variable.row != null", "variable.row.nothing.such"));
        assertThatThrownBy(() -> routing.decide("shop", new RoutingRequest(List.of(), "Nobody", null, false)))
                .isInstanceOf(UnknownTeam.class);
    }

    private void assertFault(String because, CapturedOutput output) {
        Decision decision = decide(null);
        assertThat(decision.outcome()).isEqualTo(Outcome.TRANSFER);
        assertThat(decision.team()).isEqualTo(new Team("1", "Front Desk"));
        assertThat(decision.because()).startsWith(because).endsWith("; the default team");
        assertThat(output).contains("bot shop: " + because).contains("routes/handoff/resolve-team.camel.yaml");
    }

    private Decision decide(User user) {
        return routing.decide("shop", new RoutingRequest(List.of("flights.Book"), null, user, false));
    }

    /** The shipped route with a step before its first one. */
    private static String shippedWith(String step) throws Exception {
        return Files.readString(FILE).replaceFirst("      steps:\n", "      steps:\n" + step);
    }

    /** As the live reload does. */
    private void load(String yaml) throws Exception {
        PluginHelper.getRoutesLoader(camel).updateRoutes(ResourceHelper.fromString("resolve-team.camel.yaml", yaml));
    }
}
