package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.support.CallFailed;

class BotAndAdminCallsTest extends ApiTest {

    @Test
    void teams() {
        assertThat(api.get("/v1/bots/shop/teams", Api.SHOP_KEY).json())
                .hasToString("[{\"id\":\"3\",\"name\":\"travel\"},{\"id\":\"4\",\"name\":\"payments\"}]");
    }

    @Test
    void aSupportSystemThatFailsIsSaidInItsWords() {
        services.callFailure = new CallFailed(CallFailed.Outcome.MISCONFIGURED, "desk", "teams", 401, null,
                "the token is refused; see handoff.connections.desk.settings.token", null);
        Api.Answer answer = api.get("/v1/bots/shop/teams", Api.SHOP_KEY);

        problem(answer, 502, "support-system-failed");
        assertThat(answer.json().path("detail").asText()).contains("desk", "settings.token");
    }

    @Test
    void aSupportSystemThatIsBusySaysWhenToComeAgain() {
        services.callFailure = new CallFailed(CallFailed.Outcome.LIMITED, "desk", "teams", 429, Duration.ofSeconds(7),
                "limited", null);

        assertThat(problem(api.get("/v1/bots/shop/teams", Api.SHOP_KEY), 503, "support-system-busy")
                .header("Retry-After")).isEqualTo("7");
    }

    @Test
    void routingIsReplacedAndRead() {
        Api.Answer put = api.put("/v1/bots/shop/routing", Api.SHOP_KEY, """
                {"default": "Front Desk", "teams": [{"team": "Travel", "intents": ["flights_3.*", "a b.C"]}],
                 "ask": [{"intent": "a.b", "label": {"en": "A"}}]}""");

        assertThat(put.status()).as(put.http().body()).isEqualTo(200);
        assertThat(api.get("/v1/bots/shop/routing", Api.SHOP_KEY).json()).hasToString("{\"default\":\"Front Desk\","
                + "\"askIntent\":false,\"teams\":[{\"team\":\"Travel\",\"intents\":[\"flights_3.*\",\"a b.C\"]}],"
                + "\"ask\":[{\"intent\":\"a.b\",\"label\":{\"en\":\"A\"}}]}");
    }

    @Test
    void routingToTeamsThatDoNotExistIsRefusedByRow() {
        Api.Answer answer = api.put("/v1/bots/shop/routing", Api.SHOP_KEY, """
                {"teams": [{"team": "Travel", "intents": []}, {"team": "Traval", "intents": ["a"]}]}""");

        problem(answer, 400, "invalid-body");
        field(answer, "/teams/1/team", "there are: Travel");
    }

    @Test
    void routingWithAMalformedIntentIsRefused() {
        Api.Answer answer = api.put("/v1/bots/shop/routing", Api.SHOP_KEY,
                "{\"teams\": [{\"team\": \"Travel\", \"intents\": [\"a.*\", \"*.b\"]}]}");

        problem(answer, 400, "invalid-body");
        field(answer, "/teams/0/intents/1", "prefix.*");
    }

    @Test
    void whatTheFileDeclaresIsNotReplaced() {
        Api.Answer routing = api.put("/v1/bots/demo/routing", "demo", "{\"teams\": []}");
        Api.Answer support = api.put("/v1/admin/bots/demo/support", Api.ADMIN_KEY, "{\"support\": [\"desk\"]}");

        assertThat(problem(routing, 409, "owned-by-file").json().path("detail").asText())
                .contains("handoff.bots.demo.routing");
        assertThat(problem(support, 409, "owned-by-file").json().path("detail").asText())
                .contains("handoff.bots.demo.support");
    }

    @Test
    void explain() {
        JsonNode answer = api.post("/v1/bots/shop/routing/explain", "{\"unfinishedIntents\": [\"a.B\"]}").json();

        assertThat(answer).hasToString("{\"outcome\":\"ask-intent\",\"because\":\"intents [a.B]\",\"choices\":[]}");
    }

    @Test
    void supportIsReplacedByConnectionsThatExist() {
        assertThat(api.put("/v1/admin/bots/shop/support", Api.ADMIN_KEY, "{\"support\": [\"desk\"]}").json())
                .hasToString("{\"support\":[\"desk\"]}");
        Api.Answer unknown = api.put("/v1/admin/bots/shop/support", Api.ADMIN_KEY, "{\"support\": [\"desk\", \"dusk\"]}");
        problem(unknown, 400, "invalid-body");
        field(unknown, "/support/1", "there are: desk");
        problem(api.put("/v1/admin/bots/shop/support", Api.ADMIN_KEY, "{\"support\": []}"), 400, "invalid-body");
        problem(api.put("/v1/admin/bots/nobody/support", Api.ADMIN_KEY, "{\"support\": [\"desk\"]}"), 404, "unknown-bot");
    }

    @Test
    void aConnectionIsChecked() {
        assertThat(admin("/v1/admin/connections/desk/check").json()).hasToString("{\"connection\":\"desk\",\"ok\":false,"
                + "\"checks\":[{\"setting\":\"token\",\"ok\":true,\"message\":\"works\"},"
                + "{\"setting\":\"inbox-id\",\"ok\":false,\"message\":\"Inbox 9 does not exist\"}]}");
        problem(admin("/v1/admin/connections/dusk/check"), 404, "unknown-connection");
    }

    @Test
    void undeliveredEntriesAreListedAndTriedAnew() {
        assertThat(api.get("/v1/admin/undelivered", Api.ADMIN_KEY).json()).hasToString("{\"undelivered\":[{"
                + "\"id\":\"first\",\"bot\":\"shop\",\"session\":\"s\",\"seq\":7,\"of\":5,\"kind\":\"message\","
                + "\"author\":\"user\",\"reason\":\"too long\",\"at\":\"2026-03-01T12:30:00Z\"}]}");
        assertThat(api.get("/v1/admin/undelivered?after=first", Api.ADMIN_KEY).json().at("/undelivered/0/id").asText())
                .isEqualTo("after-first");
        assertThat(admin("/v1/admin/undelivered/first/retry").json().path("seq").asInt()).isEqualTo(9);
        problem(admin("/v1/admin/undelivered/second/retry"), 404, "unknown-entry");
    }

    private Api.Answer admin(String path) {
        return api.send(api.request(path).header("Authorization", "Bearer " + Api.ADMIN_KEY)
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody()));
    }
}
