package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest extends ApiTest {

    @ParameterizedTest
    @ValueSource(strings = {SESSION, "/v1/bots/nobody/teams", "/v1/bots/shop/nothing", "/v1/admin/undelivered", "/v1/bots"})
    void withoutAKeyNothingOpens(String path) {
        Api.Answer none = api.send(api.request(path));
        Api.Answer wrong = api.get(path, "wrong-key-0123456789");
        Api.Answer other = api.send(api.request(path).header("Authorization", "Basic " + Api.SHOP_KEY));

        assertThat(problem(none, 401, "key-needed").header("WWW-Authenticate")).isEqualTo("Bearer realm=\"handoff\"");
        assertThat(problem(wrong, 401, "key-needed").header("WWW-Authenticate")).contains("invalid_token");
        assertThat(wrong.http().body()).doesNotContain("wrong-key");
        problem(other, 401, "key-needed");
    }

    @Test
    void theSchemeIsWrittenInAnyCase() {
        assertThat(api.send(api.request("/v1/bots/shop/teams").header("Authorization", "bearer " + Api.SHOP_KEY))
                .status()).isEqualTo(200);
    }

    @Test
    void aKeyOpensItsOwnBotAndDoesNotTellOfOthers() {
        Api.Answer existing = api.get("/v1/bots/other/sessions/x", Api.SHOP_KEY);
        Api.Answer missing = api.get("/v1/bots/nobody/sessions/x", Api.SHOP_KEY);

        problem(existing, 404, "unknown-bot");
        assertThat(existing.json().path("detail").asText()).startsWith("This key opens bot 'shop' only.");
        assertThat(missing.http().body().replace("nobody", "other")).isEqualTo(existing.http().body());
    }

    @Test
    void theSameSessionKeyIsAnotherSessionOfAnotherBot() {
        api.post(MESSAGES, "{\"author\": \"user\", \"text\": \"x\"}");

        problem(api.get("/v1/bots/other/sessions/web-1", Api.OTHER_KEY), 404, "unknown-session");
    }

    @Test
    void botsAndOperatorsHaveTheirOwnKeys() {
        problem(api.get("/v1/admin/undelivered", Api.SHOP_KEY), 403, "other-key-needed");
        problem(api.get("/v1/bots/shop/teams", Api.ADMIN_KEY), 403, "other-key-needed");
    }

    @Test
    void aPathWrittenInAnotherWayIsNoWayAround() {
        for (String path : new String[] {"/v1/bots;x=1/shop/teams", "/v1//bots/shop/teams", "/v1/%62ots/shop/teams",
            "/v1/x/../bots/shop/teams", "/v1/bots/shop;x/teams", "/v1/admin;x/undelivered"}) {
            assertThat(api.send(api.request(path)).status()).as(path).isIn(400, 401, 404);
        }
        assertThat(api.get("/v1/bots/shop;x=other/teams", Api.OTHER_KEY).status()).isEqualTo(404);
    }
}
