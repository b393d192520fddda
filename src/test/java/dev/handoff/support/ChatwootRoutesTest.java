package dev.handoff.support;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.session.Author;
import dev.handoff.session.Team;
import dev.handoff.session.User;
import dev.handoff.support.ScriptedServer.Reply;
import dev.handoff.support.SupportSystem.Availability;
import dev.handoff.support.SupportSystem.Check;
import dev.handoff.support.SupportSystem.Post;
import dev.handoff.support.SupportSystem.State;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the Chatwoot route set sends, and what it makes of the answers. */
class ChatwootRoutesTest extends SupportTest {

    private static final String A = "/api/v1/accounts/1";
    private static final User ANA =
            new User("9007199254740993", "Ana", "ana@example.org", "+4915112345678", "pt", Map.of("plan", "gold"));

    @Test
    void makesAContactWithOurMark() throws CallFailed {
        SERVER.on("POST", A + "/contacts", "{\"payload\":{\"contact\":{\"id\":4,\"identifier\":\"m-1\"}}}");

        assertThat(desk().createUser(ANA, "m-1")).containsExactly(Map.entry("contact", "4"));

        ScriptedServer.Request sent = SERVER.requests().get(0);
        assertThat(sent.body().get("identifier").textValue()).isEqualTo("m-1");
        assertThat(sent.body().get("name").textValue()).isEqualTo("Ana");
        assertThat(sent.body().get("email").textValue()).isEqualTo("ana@example.org");
        assertThat(sent.body().get("phone_number").textValue()).isEqualTo("+4915112345678");
        assertThat(sent.body().get("custom_attributes").get("user_id").textValue()).isEqualTo("9007199254740993");
        assertThat(sent.body().get("custom_attributes").get("language").textValue()).isEqualTo("pt");
        assertThat(sent.headers().getFirst("api-access-token")).isEqualTo("secret-token");
        assertThat(sent.path()).doesNotContain("secret");
    }

    @Test
    void aUserOfWhomOnlyTheIdIsKnownIsCalledByIt() throws CallFailed {
        SERVER.on("POST", A + "/contacts", "{\"payload\":{\"contact\":{\"id\":4}}}");

        desk().createUser(new User("u-1", null, null, null, null, null), "m-1");

        assertThat(SERVER.requests().get(0).body().get("name").textValue()).isEqualTo("u-1");
        assertThat(SERVER.requests().get(0).body().has("email")).isFalse();
    }

    @Test
    void findsTheContactThatIsThere() throws CallFailed {
        SERVER.on("POST", A + "/contacts", r -> Reply.status(422,
                "{\"message\":\"Identifier has already been taken\",\"attributes\":[\"identifier\"]}"));
        SERVER.on("POST", A + "/contacts/filter",
                "{\"payload\":[{\"id\":5,\"identifier\":\"M-1\"},{\"id\":6,\"identifier\":\"m-1\"}]}");

        assertThat(desk().createUser(ANA, "m-1")).containsEntry("contact", "6");
        assertThat(SERVER.requests().get(1).body().at("/payload/0/values/0").textValue()).isEqualTo("m-1");
    }

    @Test
    void keepsATakenAddressAsAnAttribute() throws CallFailed {
        SERVER.on("POST", A + "/contacts", r -> r.body().has("email")
                ? Reply.status(422, "{\"message\":\"Email has already been taken\",\"attributes\":[\"email\"]}")
                : Reply.json("{\"payload\":{\"contact\":{\"id\":8}}}"));
        SERVER.on("POST", A + "/contacts/filter", "{\"payload\":[]}");

        assertThat(desk().createUser(ANA, "m-1")).containsEntry("contact", "8");

        JsonNode second = SERVER.requests().get(2).body();
        assertThat(second.has("phone_number")).isFalse();
        assertThat(second.get("custom_attributes").get("email").textValue()).isEqualTo("ana@example.org");
        assertThat(second.get("custom_attributes").get("plan").textValue()).isEqualTo("gold");
    }

    @Test
    void makesAPendingConversation() throws CallFailed {
        SERVER.on("POST", A + "/conversations", "{\"id\":77,\"status\":\"pending\"}");

        Map<String, String> refs =
                desk().createConversation(ANA, "s-1", Map.of("contact", "4"), new Team("2", "sales"), null, false, true);

        assertThat(refs).containsEntry("contact", "4").containsEntry("conversation", "77")
                .containsEntry("url", SERVER.url() + "/app/accounts/1/conversations/77");
        assertThat(SERVER.calls()).containsExactly("POST " + A + "/conversations");
        JsonNode body = SERVER.requests().get(0).body();
        assertThat(body.get("source_id").textValue()).isEqualTo("s-1");
        assertThat(body.get("inbox_id").intValue()).isEqualTo(3);
        assertThat(body.get("contact_id").intValue()).isEqualTo(4);
        assertThat(body.get("status").textValue()).isEqualTo("pending");
    }

    @Test
    void looksBeforeItMakesAConversationInDoubt() throws CallFailed {
        SERVER.on("GET", A + "/conversations\\?.*", "{\"data\":{\"payload\":[{\"id\":78}]}}");

        assertThat(desk().createConversation(ANA, "s 1&x", Map.of("contact", "4"), null, null, true, true))
                .containsEntry("conversation", "78");
        assertThat(SERVER.calls())
                .containsExactly("GET " + A + "/conversations?status=all&inbox_id=3&source_id=s+1%26x");
    }

    @Test
    void postsEachAuthorAsItself() throws CallFailed {
        SERVER.on("POST", CONVERSATION + "/messages", "{\"id\":12}");
        String text = "say \"hi\"\n\u0000 \uD83D\uDE00 \u05E9\u05DC\u05D5\u05DD \uD83D";

        assertThat(desk().post(post(false, Author.USER, text), REFS)).isEqualTo("12");
        desk().post(post(false, Author.BOT, "b"), REFS);
        systems.get("plain").post(post(false, Author.BOT, "b"), REFS);
        desk().post(post(true, Author.USER, "n"), REFS);

        JsonNode user = SERVER.requests().get(0).body();
        assertThat(user.get("content").textValue())
                .isEqualTo("say \"hi\"\n\uFFFD \uD83D\uDE00 \u05E9\u05DC\u05D5\u05DD \uFFFD");
        assertThat(user.get("message_type").textValue()).isEqualTo("incoming");
        assertThat(user.get("source_id").textValue()).isEqualTo("mark-1");
        assertThat(user.get("private").booleanValue()).isFalse();
        assertThat(user.get("external_created_at").textValue()).isEqualTo("2026-01-02T03:04:05Z");
        JsonNode bot = SERVER.requests().get(1).body();
        assertThat(bot.get("message_type").textValue()).isEqualTo("outgoing");
        assertThat(bot.get("sender_type").textValue()).isEqualTo("AgentBot");
        assertThat(bot.get("sender_id").intValue()).isEqualTo(7);
        JsonNode withoutBot = SERVER.requests().get(2).body();
        assertThat(withoutBot.get("message_type").textValue()).isEqualTo("outgoing");
        assertThat(withoutBot.has("sender_type")).isFalse();
        JsonNode note = SERVER.requests().get(3).body();
        assertThat(note.get("private").booleanValue()).isTrue();
        assertThat(note.get("message_type").textValue()).isEqualTo("outgoing");
    }

    @Test
    void findsMarksOverSeveralPages() throws CallFailed {
        List<String> ids = new ArrayList<>();
        IntStream.rangeClosed(1, 100).forEach(i -> ids.add("{\"id\":" + i + ",\"source_id\":\"m" + i + "\"}"));
        SERVER.on("GET", CONVERSATION + "/messages\\?after=0", "{\"payload\":[" + String.join(",", ids) + "]}");
        SERVER.on("GET", CONVERSATION + "/messages\\?after=100",
                "{\"payload\":[{\"id\":130,\"source_id\":null},{\"id\":131,\"source_id\":\"m131\"}]}");

        assertThat(desk().find(posts("m7", "m131", "gone"), REFS))
                .isEqualTo(Map.of("m7", "7", "m131", "131"));
        assertThat(SERVER.requests()).hasSize(2);
    }

    @Test
    void stopsLookingWhenAllAreFound() throws CallFailed {
        List<String> ids = new ArrayList<>();
        IntStream.rangeClosed(41, 140).forEach(i -> ids.add("{\"id\":" + i + ",\"source_id\":\"m" + i + "\"}"));
        SERVER.on("GET", CONVERSATION + "/messages\\?after=40", "{\"payload\":[" + String.join(",", ids) + "]}");

        assertThat(desk().find(posts("m50"), Map.of("conversation", "77", "after", "40")))
                .isEqualTo(Map.of("m50", "50"));
        assertThat(SERVER.requests()).hasSize(1);
    }

    @Test
    void countsAgentsOnlineAndKnowsTheHours() throws CallFailed {
        SERVER.on("GET", A + "/teams/2/team_members", """
                [{"availability_status":"online"},{"availability_status":"busy"},{"availability_status":"online"}]""");
        SERVER.on("GET", A + "/inbox_members/3", "{\"payload\":[{\"availability_status\":\"offline\"}]}");
        SERVER.on("GET", A + "/inboxes/3", "{\"working_hours_enabled\":false}");

        assertThat(desk().availability(new Team("2", "sales"))).isEqualTo(new Availability(true, 2, null));
        assertThat(desk().availability(null)).isEqualTo(new Availability(true, 0, null));

        SERVER.on("GET", A + "/inboxes/3", hours("\"closed_all_day\":true"));
        assertThat(desk().availability(null).open()).isFalse();
        SERVER.on("GET", A + "/inboxes/3", hours("\"open_all_day\":true"));
        assertThat(desk().availability(null).open()).isTrue();
        SERVER.on("GET", A + "/inboxes/3",
                hours("\"open_hour\":0,\"open_minutes\":0,\"close_hour\":0,\"close_minutes\":0"));
        assertThat(desk().availability(null).open()).isFalse();
        SERVER.on("GET", A + "/inboxes/3",
                hours("\"open_hour\":0,\"open_minutes\":0,\"close_hour\":24,\"close_minutes\":0"));
        assertThat(desk().availability(null).open()).isTrue();
    }

    @Test
    void assignsBeforeItOpens() throws CallFailed {
        SERVER.on("POST", CONVERSATION + "/assignments", "{\"id\":2,\"name\":\"sales\"}");
        SERVER.on("POST", CONVERSATION + "/toggle_status", "{\"payload\":{\"current_status\":\"open\"}}");
        SERVER.on("GET", CONVERSATION, "{\"id\":77,\"status\":\"open\",\"meta\":{\"team\":{\"id\":2}}}");

        desk().transfer(new Team("2", "sales"), REFS);

        assertThat(SERVER.calls()).containsExactly("POST " + CONVERSATION + "/assignments",
                "POST " + CONVERSATION + "/toggle_status", "GET " + CONVERSATION);
        assertThat(SERVER.requests().get(0).body().get("team_id").intValue()).isEqualTo(2);
        assertThat(SERVER.requests().get(1).body().get("status").textValue()).isEqualTo("open");
    }

    @Test
    void anUnknownTeamIsRejectedBeforeAgentsSeeTheConversation() {
        SERVER.on("POST", CONVERSATION + "/assignments", "null");

        assertThatThrownBy(() -> desk().transfer(new Team("99", "sails"), REFS))
                .isInstanceOfSatisfying(CallFailed.class,
                        e -> assertThat(e.outcome()).isEqualTo(CallFailed.Outcome.REJECTED))
                .hasMessage("There is no team 99 (sails) in Chatwoot.");
        assertThat(SERVER.requests()).hasSize(1);
    }

    @Test
    void aTransferThatDidNotHappenIsTold() {
        SERVER.on("POST", CONVERSATION + "/toggle_status", "{\"payload\":{\"success\":null}}");
        SERVER.on("GET", CONVERSATION, "{\"id\":77,\"status\":\"pending\",\"meta\":{}}");

        assertThatThrownBy(() -> desk().transfer(null, REFS)).hasMessageContaining("did not open");
    }

    @Test
    void readsTheLevels() throws CallFailed {
        SERVER.on("GET", CONVERSATION, "{\"status\":\"pending\",\"meta\":{}}");
        assertThat(desk().state(REFS)).isEqualTo(new State("pending", null, null, false));
        SERVER.on("GET", CONVERSATION, """
                {"status":"snoozed","meta":{"team":{"id":2},"assignee":{"id":5},"assignee_type":"User"}}""");
        assertThat(desk().state(REFS)).isEqualTo(new State("open", "2", "5", true));
        SERVER.on("GET", CONVERSATION, """
                {"status":"resolved","meta":{"assignee":{"id":5},"assignee_type":"AgentBot"}}""");
        assertThat(desk().state(REFS)).isEqualTo(new State("closed", null, null, true));
    }

    @Test
    void resolvesAndLooksWhetherItDid() throws CallFailed {
        SERVER.on("POST", CONVERSATION + "/toggle_status", "{\"payload\":{\"current_status\":\"resolved\"}}");
        desk().close(REFS, "done");
        assertThat(SERVER.requests().get(0).body().get("status").textValue()).isEqualTo("resolved");

        SERVER.on("POST", CONVERSATION + "/toggle_status", "{\"payload\":{\"current_status\":\"open\"}}");
        assertThatThrownBy(() -> desk().close(REFS, "done")).hasMessageContaining("did not resolve");
    }

    @Test
    void checksEachSetting() {
        SERVER.on("GET", "/api/v1/profile", "{\"accounts\":[{\"id\":1,\"role\":\"administrator\"}]}");
        SERVER.on("GET", A + "/teams", "[{\"id\":2,\"name\":\"sales\"}]");
        SERVER.on("GET", A + "/inboxes/3", "{\"name\":\"Bot\",\"channel_type\":\"Channel::Api\"}");
        SERVER.on("GET", A + "/agent_bots/7", "{\"id\":7,\"name\":\"Robbie\"}");

        assertThat(desk().check()).allMatch(Check::ok).extracting(Check::setting)
                .containsExactly("base-url", "token", "account-id", "inbox-id", "webhook-secret", "agent-bot-id");
        assertThat(systems.get("plain").check()).allMatch(Check::ok).hasSize(5);
    }

    @Test
    void saysWhichSettingIsWrong() {
        SERVER.on("GET", "/api/v1/profile", r -> Reply.status(401, "{\"error\":\"Invalid Access Token\"}"));
        assertThat(desk().check()).singleElement().satisfies(check -> {
            assertThat(check.setting()).isEqualTo("token");
            assertThat(check.ok()).isFalse();
            assertThat(check.message()).contains("access token").doesNotContain("secret-token");
        });

        SERVER.on("GET", "/api/v1/profile", "{\"accounts\":[{\"id\":1,\"role\":\"agent\"}]}");
        assertThat(failures()).extracting(Check::setting).containsExactly("token", "account-id");
        assertThat(failures().get(0).message()).contains("administrator", "assignee");

        SERVER.on("GET", "/api/v1/profile", "{\"accounts\":[{\"id\":1,\"role\":\"administrator\"}]}");
        SERVER.on("GET", A + "/teams", "[]");
        assertThat(failures()).extracting(Check::setting).containsExactly("inbox-id", "agent-bot-id");

        SERVER.on("GET", A + "/inboxes/3", "{\"name\":\"Web\",\"channel_type\":\"Channel::WebWidget\"}");
        assertThat(failures().get(0).message()).contains("API");
        assertThat(systems.get("dead").check()).singleElement()
                .satisfies(check -> assertThat(check.message()).contains("settings.base-url"));
    }

    private List<Check> failures() {
        return desk().check().stream().filter(check -> !check.ok()).toList();
    }

    private static Post post(boolean note, Author author, String text) {
        return new Post("mark-1", note, author, null, text, "2026-01-02T03:04:05Z");
    }

    /** The same hours on each day of the week. */
    private static String hours(String day) {
        return "{\"working_hours_enabled\":true,\"timezone\":\"Asia/Tokyo\",\"working_hours\":["
                + String.join(",", IntStream.range(0, 7).mapToObj(i -> "{\"day_of_week\":" + i + "," + day + "}").toList())
                + "]}";
    }
}
