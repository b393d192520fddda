package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever does not fit the contract is refused by name, and nothing of it gets through. */
class RefusedBodiesTest extends ApiTest {

    @AfterEach
    void nothingGotThrough() {
        assertThat(services.logs).isEmpty();
        assertThat(services.requests).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"author\": secret}", "{\"author\": \"user\", \"text\": \"secret\"", "{\"text\": \"secret\n\"}",
        "{\"author\": \"user\", \"text\": \"secret\"} secret", "{\"author\": \"user\", \"text\": \"a\", \"text\": \"secret\"}",
        "secret", "{'text': 'secret'}", "{\"text\": \"secret\",}", "[\"secret\"", "{\"epoch\": 01}", "NaN"})
    void malformedJsonIsSaidByPlaceAndNotRepeated(String body) {
        Api.Answer answer = api.post(MESSAGES, body);

        problem(answer, 400, "malformed-json");
        assertThat(answer.json().path("detail").asText()).matches(".*Look at line \\d+, column \\d+\\.");
        assertThat(answer.http().body()).doesNotContain("secret");
    }

    @Test
    void bytesThatAreNoUtf8AreMalformed() {
        byte[] body = "{\"author\": \"user\", \"text\": \"x\u00e4y\"}".getBytes(StandardCharsets.ISO_8859_1);

        problem(api.post(MESSAGES, BodyPublishers.ofByteArray(body)), 400, "malformed-json");
    }

    @Test
    void nestingWithoutEndIsMalformed() {
        problem(api.post(MESSAGES, "[".repeat(100_000)), 400, "malformed-json");
    }

    @Test
    void anEmptyBodyIsMissing() {
        problem(api.post(MESSAGES, ""), 400, "malformed-json");
        problem(api.post(MESSAGES, "   "), 400, "malformed-json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{`author`: `user`}                                         | /text        | is missing",
        "{`author`: `user`, `text`: ``}                             | /text        | must not be empty",
        "{`author`: `user`, `text`: ` \\n\\u00a0\\u3000`}           | /text        | must not be blank",
        "{`author`: `user`, `text`: 5}                              | /text        | must be a string, not a number",
        "{`author`: `user`, `text`: null}                           | /text        | must be a string, not null",
        "{`author`: `agent`, `text`: `x`}                           | /author      | must be one of user, bot",
        "{`author`: `USER`, `text`: `x`}                            | /author      | must be one of user, bot",
        "{`text`: `x`}                                              | /author      | is missing",
        "{`author`: `user`, `text`: `x`, `id`: 12345678901234567890} | /id         | must be a string, not a number",
        "{`author`: `user`, `text`: `x`, `id`: ``}                  | /id          | must not be empty",
        "{`author`: `user`, `text`: `x`, `id`: `a\\u0000`}          | /id          | must not have a NUL",
        "{`author`: `user`, `text`: `x`, `epoch`: `1`}              | /epoch       | must be a whole number, not a string",
        "{`author`: `user`, `text`: `x`, `epoch`: 1.5}              | /epoch       | must be a whole number",
        "{`author`: `user`, `text`: `x`, `epoch`: -1}               | /epoch       | must be 0 or more",
        "{`author`: `user`, `text`: `x`, `epoch`: 1e99}             | /epoch       | must be 9007199254740991 or less",
        "{`author`: `user`, `text`: `x`, `at`: `yesterday`}         | /at          | must be a date-time",
        "{`author`: `user`, `text`: `x`, `at`: `2026-02-30T00:00:00Z`} | /at       | must be a date-time",
        "{`author`: `user`, `text`: `x`, `user`: {`name`: `Ada`}}   | /user/id     | is missing",
        "{`author`: `user`, `text`: `x`, `user`: {`id`: 4711}}      | /user/id     | must be a string, not a number",
        "{`author`: `user`, `text`: `x`, `choices`: `a`}            | /choices     | must be a list, not a string",
        "{`author`: `user`, `text`: `x`, `choices`: [{}]}           | /choices/0   | must be a string, not an object",
        "{`author`: `user`, `text`: `x`, `colour`: 1}               | /colour      | is not known here",
        "{`author`: `user`, `text`: `x`, `a/b~c`: 1}                | /a~1b~0c     | is not known here",
        "{`author`: `user`, `text`: `x`, `attachments`: [{`url`: `x`}]} | /attachments | are not carried yet",
        "[]                                                         | ``           | must be an object, not a list"
    })
    void messages(String body, String field, String message) {
        Api.Answer answer = api.post(MESSAGES, body.replace('`', '"'));

        problem(answer, 400, "invalid-body");
        field(answer, field == null ? "" : field, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{`user`: {`name`: `Ada`}}                                  | /user/id             | is missing",
        "{`history`: [{`author`: `user`, `text`: `x`}, {`author`: `user`, `text`: ``}]} | /history/1/text | must not be empty",
        "{`history`: [{`author`: `system`, `text`: `x`}]}           | /history/0/author    | must be one of user, bot",
        "{`history`: [{`author`: `user`, `text`: `x`, `attachments`: []}]} | /history/0/attachments | are not carried yet",
        "{`history`: {}}                                            | /history             | must be a list, not an object",
        "{`wait`: 31}                                               | /wait                | must be 30 or less",
        "{`wait`: -1}                                               | /wait                | must be 0 or more",
        "{`wait`: `10`}                                             | /wait                | must be a whole number, not a string",
        "{`unfinishedIntents`: [`a.*`]}                             | /unfinishedIntents/0 | must be the name of an intent",
        "{`unfinishedIntents`: [`a..b`]}                            | /unfinishedIntents/0 | must be the name of an intent",
        "{`unfinishedIntents`: [``]}                                | /unfinishedIntents/0 | must be the name of an intent",
        "{`unfinishedIntents`: `a`}                                 | /unfinishedIntents   | must be a list",
        "{`team`: `  `}                                             | /team                | must not be blank",
        "{`note`: ``}                                               | /note                | must not be empty",
        "{`attachments`: []}                                        | /attachments         | are not carried yet",
        "{`user`: {`id`: `1`, `attributes`: []}}                    | /user/attributes     | must be an object, not a list"
    })
    void handoffs(String body, String field, String message) {
        Api.Answer answer = api.post(HANDOFF, body.replace('`', '"'));

        problem(answer, 400, "invalid-body");
        field(answer, field, message);
    }

    @Test
    void moreThan2000EntriesOfHistoryAreRefused() {
        Api.Answer answer = api.post(HANDOFF, "{\"history\": ["
                + "{\"author\": \"user\", \"text\": \"x\"},".repeat(9999) + "{\"author\": \"user\", \"text\": \"x\"}]}");

        problem(answer, 400, "invalid-body");
        field(answer, "/history", "has 10000 entries; at most 2000 are taken");
    }

    @Test
    void tooManyIntentsAndChoicesAreRefused() {
        problem(api.post(HANDOFF, "{\"unfinishedIntents\": [" + "\"a\",".repeat(100) + "\"a\"]}"), 400, "invalid-body");
        problem(api.post(MESSAGES, "{\"author\": \"bot\", \"text\": \"x\", \"choices\": ["
                + "\"a\",".repeat(50) + "\"a\"]}"), 400, "invalid-body");
    }

    @Test
    void manyMistakesAreNotAllTold() {
        Api.Answer some = api.post(HANDOFF, "{\"history\": [" + "1,".repeat(99) + "1]}");
        Api.Answer endless = api.post(HANDOFF, "{\"history\": [" + "1,".repeat(400_000) + "1]}");

        assertThat(problem(some, 400, "invalid-body").json().path("errors")).hasSize(20);
        assertThat(problem(endless, 400, "invalid-body").json().path("errors")).hasSize(1);
    }

    @Test
    void aBodyThatAnnouncesTooMuchIsTooLarge() {
        Api.Answer answer = api.post(MESSAGES, "x".repeat(3_000_000));

        problem(answer, 413, "body-too-large");
        assertThat(answer.json().path("detail").asText()).contains("1000000 bytes");
    }

    @Test
    void aBodyThatGrowsTooLargeIsTooLarge() {
        byte[] body = "x".repeat(3_000_000).getBytes(StandardCharsets.US_ASCII);

        problem(api.post(MESSAGES, BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body))), 413,
                "body-too-large");
    }

    @Test
    void aBodyOfTheLimitIsTakenAndChunksAreToo() {
        String body = "{\"text\": \"\", \"author\": \"user\"}";
        byte[] padded = (body + " ".repeat(1_000_000 - body.length())).getBytes(StandardCharsets.US_ASCII);

        problem(api.post(MESSAGES, BodyPublishers.ofByteArray(padded)), 400, "invalid-body");
        problem(api.post(MESSAGES, BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(padded))), 400,
                "invalid-body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "multipart/form-data",
        "nonsense", "application/jsonp"})
    void otherMediaTypesAreRefused(String type) {
        Api.Answer answer = api.send(api.request(MESSAGES).header("Authorization", "Bearer " + Api.SHOP_KEY)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"author\": \"user\", \"text\": \"x\"}")));

        problem(answer, 415, "unsupported-media-type");
        assertThat(answer.json().path("detail").asText()).contains("application/json");
    }

    @Test
    void noMediaTypeAndCompressionAreRefused() {
        problem(api.send(api.request(MESSAGES).header("Authorization", "Bearer " + Api.SHOP_KEY)
                .POST(BodyPublishers.ofString("{\"author\": \"user\", \"text\": \"x\"}"))), 415,
                "unsupported-media-type");
        problem(api.send(api.withKey(MESSAGES, Api.SHOP_KEY).header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("x"))), 415, "unsupported-media-type");
    }
}
