package dev.handoff.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.client.TestRestTemplate;
import org.springframework.http.ResponseEntity;

/** What an operator reads at /actuator/health. */
@CamelSpringBootTest
@ExtendWith(OutputCaptureExtension.class)
@SpringBootTest(classes = RoutingApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
    RoutingApplication.ALONE, RoutingApplication.ROUTE, RoutingApplication.H2,
    "management.endpoint.health.show-details=always", "management.endpoint.health.probes.enabled=true",
    "handoff.connections.desk.system=chatwoot", "handoff.connections.hotline.system=chatwoot",
    "handoff.bots.shop.keys=k1", "handoff.bots.shop.support=desk",
    "handoff.bots.shop.routing.default=Front Desk", "handoff.bots.shop.routing.teams[0].team=Ghosts",
    "handoff.bots.shop.routing.teams[0].intents=a",
    "handoff.bots.bank.keys=k2", "handoff.bots.bank.support=hotline", "handoff.bots.bank.routing.default=Phones",
    "handoff.bots.bare.keys=k3", "handoff.bots.bare.support=desk"})
class RoutingHealthTest {

    @Autowired
    TestRestTemplate http;
    @Autowired
    InMemoryTeams over;

    @Test
    void aTableThatNamesAnUnknownTeamIsDegradedAndStillReady(CapturedOutput output) {
        over.has("desk", "Front Desk");
        over.has("hotline", "Phones");
        assertThat(health().getStatusCode().value()).isEqualTo(200);
        assertThat(health().getBody()).containsEntry("status", "DEGRADED");
        assertThat(routing()).containsEntry("status", "DEGRADED");
        assertThat(bots()).isEqualTo(Map.of(
                "shop", Map.of("status", "DEGRADED", "unknownTeams", List.of("Ghosts"), "connection", "desk"),
                "bank", Map.of("status", "UP")));
        assertThat(http.getForEntity("/actuator/health/readiness", Map.class).getBody()).containsEntry("status", "UP");
        assertThat(output.getOut().split("names teams that desk does not have: Ghosts", -1)).hasSize(2);

        over.has("desk", "Front Desk", "ghosts");
        assertThat(health().getBody()).containsEntry("status", "UP");
        assertThat(output).contains("bot shop: all teams of its routing table are there now");
    }

    @Test
    void aSupportSystemThatCannotBeReadIsUnknownAndHoldsNobodyUp() {
        over.hangs("hotline");
        over.cannotBeReached("desk");
        assertThat(health().getBody()).containsEntry("status", "UP");
        assertThat(routing()).containsEntry("status", "UNKNOWN");
        assertThat(bots().get("shop")).isEqualTo(
                Map.of("status", "UNKNOWN", "reason", "the teams of desk have not been read"));
    }

    private Map<?, ?> bots() {
        return (Map<?, ?>) ((Map<?, ?>) routing().get("details")).get("bots");
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> routing() {
        return (Map<String, Object>) ((Map<?, ?>) health().getBody().get("components")).get("routing");
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private ResponseEntity<Map<String, Object>> health() {
        return (ResponseEntity) http.getForEntity("/actuator/health", Map.class);
    }
}
