package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessagesTest extends ApiTest {

    @Test
    void isAppendedAndReadBack() {
        Api.Answer answer = api.post(MESSAGES, """
                {"id": "m-1", "author": "user", "text": "hello", "choices": ["a", "b"], "epoch": 0,
                 "at": "2026-03-01T14:30:00+02:00", "user": {"id": "4711", "email": "no address", "attributes": {"n": 1.50}}}
                """);

        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json()).hasToString(
                "{\"seq\":1,\"control\":\"bot\",\"epoch\":0,\"duplicate\":false,\"late\":false}");
        assertThat(services.users).singleElement().satisfies(user -> {
            assertThat(user.id()).isEqualTo("4711");
            assertThat(user.attributes()).containsKey("n");
        });
        assertThat(api.get(SESSION + "/log", Api.SHOP_KEY).json()).hasToString("{\"entries\":[{\"seq\":1,"
                + "\"side\":\"bot\",\"kind\":\"message\",\"author\":\"user\",\"id\":\"m-1\",\"text\":\"hello\","
                + "\"at\":\"2026-03-01T12:30:00Z\",\"epoch\":0,\"late\":false}]}");
        assertThat(services.logs.get("shop/web-1").get(0).at()).isEqualTo(Instant.parse("2026-03-01T12:30:00Z"));
    }

    @Test
    void theRequestsHeadersAreNotSentBack() {
        Api.Answer answer = api.send(api.withKey(MESSAGES, Api.SHOP_KEY).header("X-Mine", "1")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"author\":\"bot\",\"text\":\"x\"}")));

        assertThat(answer.http().headers().map().keySet()).doesNotContain("authorization", "x-mine", "user-agent");
    }

    @Test
    void sameIdAndContentAgainIsADuplicate() {
        String body = "{\"id\": \"m-1\", \"author\": \"user\", \"text\": \"hello\"}";
        api.post(MESSAGES, body);

        assertThat(api.post(MESSAGES, body).json().path("duplicate").asBoolean()).isTrue();
    }

    @Test
    void sameIdWithOtherContentIsAConflict() {
        api.post(MESSAGES, "{\"id\": \"m-1\", \"author\": \"user\", \"text\": \"hello\"}");

        Api.Answer answer = api.post(MESSAGES, "{\"id\": \"m-1\", \"author\": \"user\", \"text\": \"bye\"}");

        problem(answer, 409, "id-taken");
        assertThat(answer.json().path("detail").asText()).contains("'m-1'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"🙂👩‍👩‍👧", "שלום مرحبا \u202e", "a\u0000b\u0007\u001b[31m", "\ttabs\r\nand lines ", "\u0000", "🙂x"})
    void textIsTakenAsItIs(String text) {
        Api.Answer answer = api.post(MESSAGES, "{\"author\": \"user\", \"text\": " + quoted(text) + "}");

        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        assertThat(api.get(SESSION + "/log", Api.SHOP_KEY).json().at("/entries/0/text").asText()).isEqualTo(text);
    }

    @Test
    void longTextIsTakenUpToTheLimitInCodePoints() {
        assertThat(api.post(MESSAGES, "{\"author\": \"user\", \"text\": \"" + "🙂".repeat(131072) + "\"}").status())
                .isEqualTo(200);
        Api.Answer answer = api.post(MESSAGES, "{\"author\": \"user\", \"text\": \"" + "x".repeat(131073) + "\"}");

        problem(answer, 400, "invalid-body");
        field(answer, "/text", "has 131073 characters; at most 131072 are taken");
        assertThat(answer.http().body()).doesNotContain("xxx");
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", "a/b", "../..", "..", "a;b=c", "12345678901234567890", "🙂", "100%", "a+b", "a\\b",
        "שלום", "line\nbreak", "a?b#c"})
    void sessionKeysAreDecoded(String key) {
        String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20").replace(".", "%2E");

        Api.Answer answer = api.post("/v1/bots/shop/sessions/" + encoded + "/messages",
                "{\"author\": \"user\", \"text\": \"x\"}");

        assertThat(answer.status()).as(answer.http().body()).isEqualTo(200);
        assertThat(services.logs).containsOnlyKeys("shop/" + key);
    }

    @Test
    void sessionKeysHaveUpTo255Characters() {
        assertThat(api.post("/v1/bots/shop/sessions/" + "%F0%9F%99%82".repeat(255) + "/messages",
                "{\"author\": \"user\", \"text\": \"x\"}").status()).isEqualTo(200);

        Api.Answer answer = api.get("/v1/bots/shop/sessions/" + "x".repeat(256), Api.SHOP_KEY);

        problem(answer, 400, "invalid-parameter");
        field(answer, "session", "1 to 255 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%FF", "%00"})
    void bytesThatAreNoTextAreRefused(String key) {
        problem(api.get("/v1/bots/shop/sessions/" + key, Api.SHOP_KEY), 400, "malformed-request");
    }

    @Test
    void neitherHeadersNorQueryTakeThePlaceOfThePath() {
        Api.Answer answer = api.send(api.withKey(MESSAGES + "?session=evil&bot=other", Api.SHOP_KEY)
                .header("session", "evil").header("bot", "other").header("CamelHttpResponseCode", "418")
                .header("CamelHttpServletRequest", "x")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{\"author\":\"user\",\"text\":\"x\"}")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(services.logs).containsOnlyKeys("shop/web-1");
    }

    @Test
    void idsThatLookLikeBigNumbersStayAsTheyAre() {
        api.post(MESSAGES, """
                {"id": "123456789012345678901234567890", "author": "user", "text": "x",
                 "user": {"id": "00009007199254740993"}}""");

        assertThat(services.logs.get("shop/web-1").get(0).key()).isEqualTo("123456789012345678901234567890");
        assertThat(services.users.get(0).id()).isEqualTo("00009007199254740993");
    }

    @Test
    void theLogIsReadInPages() {
        for (int i = 1; i <= 5; i++) {
            api.post(MESSAGES, "{\"author\": \"user\", \"text\": \"" + i + "\"}");
        }

        assertThat(api.get(SESSION + "/log?after=2&limit=2", Api.SHOP_KEY).json().findValuesAsText("seq"))
                .containsExactly("3", "4");
        for (String query : new String[] {"limit=0", "limit=1001", "limit=x", "after=-1", "after=1.5"}) {
            problem(api.get(SESSION + "/log?" + query, Api.SHOP_KEY), 400, "invalid-parameter");
        }
    }

    @Test
    void aSessionShowsItsState() {
        api.post(MESSAGES, "{\"author\": \"user\", \"text\": \"x\"}");

        assertThat(api.get(SESSION, Api.SHOP_KEY).json()).hasToString("{\"session\":\"web-1\",\"control\":\"queue\","
                + "\"epoch\":1,\"team\":{\"id\":\"3\",\"name\":\"travel\"},\"connection\":\"desk\","
                + "\"conversation\":{\"id\":\"17\"},\"undelivered\":0,\"lastError\":{\"operation\":\"post\","
                + "\"connection\":\"desk\",\"httpStatus\":503,\"message\":\"is down\","
                + "\"nextTry\":\"2026-03-01T12:30:00Z\"}}");
    }

    @Test
    void closeTakesABodyOrNone() {
        api.post(MESSAGES, "{\"author\": \"user\", \"text\": \"x\"}");

        assertThat(api.post(SESSION + "/close", "{\"reason\": \"done\"}").status()).isEqualTo(200);
        assertThat(services.closedFor).isEqualTo("done");
        assertThat(api.send(api.request(SESSION + "/close").header("Authorization", "Bearer " + Api.SHOP_KEY)
                .POST(java.net.http.HttpRequest.BodyPublishers.noBody())).status()).isEqualTo(200);
        assertThat(services.closedFor).isNull();
    }

    @Test
    void whatIsUnknownIsNotFound() {
        problem(api.get(SESSION, Api.SHOP_KEY), 404, "unknown-session");
        problem(api.get(SESSION + "/log", Api.SHOP_KEY), 404, "unknown-session");
        problem(api.post(SESSION + "/close", "{}"), 404, "unknown-session");
    }
}
