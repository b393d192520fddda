package dev.handoff.support;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.handoff.session.Author;
import dev.handoff.session.Team;
import dev.handoff.session.User;
import dev.handoff.support.ScriptedServer.Reply;
import dev.handoff.support.SupportSystem.Agent;
import dev.handoff.support.SupportSystem.Availability;
import dev.handoff.support.SupportSystem.Changed;
import dev.handoff.support.SupportSystem.Check;
import dev.handoff.support.SupportSystem.Event;
import dev.handoff.support.SupportSystem.Levels;
import dev.handoff.support.SupportSystem.Post;
import dev.handoff.support.SupportSystem.State;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The folder to copy works, against the API that it makes up. */
class TemplateTest extends SupportTest {

    private static final User ANA = new User("u 1", "Ana", null, null, null, Map.of());
    private static final Map<String, String> REFS = Map.of("person", "4", "conversation", "77");
    private static final String THERE = """
            {"id": 77, "external_id": "s.1", "status": "%s", "team": {"id": 3, "name": "Travel"},
             "assignee": {"id": 9, "name": "Chloe"}, "tags": ["vip"]}""";

    private SupportSystem system() {
        return systems.get("template");
    }

    private static JsonNode sent(int call) throws Exception {
        return new ObjectMapper().readTree(SERVER.requests().get(call).body().toString());
    }

    @Test
    void peopleAndConversationsAreMadeOnce() throws Exception {
        SERVER.on("GET", "/api/users\\?external_id=shop%3Au\\+1", "[]");
        SERVER.on("POST", "/api/users", "{\"id\": 4}");
        SERVER.on("GET", "/api/conversations\\?external_id=s.1", "[" + THERE.formatted("pending") + "]");
        SERVER.on("POST", "/api/conversations", THERE.formatted("pending"));

        assertThat(system().createUser(ANA, "shop:u 1")).isEqualTo(Map.of("person", "4"));
        assertThat(sent(1).path("name").asText()).isEqualTo("Ana");
        assertThat(system().createConversation(ANA, "s.1", Map.of("person", "4"), null, null, false, true))
                .containsEntry("conversation", "77").containsEntry("url", SERVER.url() + "/conversations/77");
        assertThat(system().createConversation(ANA, "s.1", Map.of("person", "4"), null, null, true, true))
                .containsEntry("conversation", "77");
        assertThat(SERVER.calls()).filteredOn(call -> call.equals("POST /api/conversations")).hasSize(1);
    }

    @Test
    void textsArePostedAndFound() throws Exception {
        SERVER.on("POST", "/api/conversations/77/messages", "{\"id\": 12}");
        SERVER.on("GET", "/api/conversations/77/messages\\?after=0", "[{\"id\": 12, \"external_id\": \"m-1\"}]");

        assertThat(system().post(new Post("m-1", true, Author.BOT, null, "so", null), REFS)).isEqualTo("12");
        assertThat(sent(0)).isEqualTo(new ObjectMapper().readTree("""
                {"external_id": "m-1", "text": "so", "internal": true, "from_user": false, "seat_id": 1}"""));
        assertThat(system().find(posts("m-1", "m-2"), REFS)).isEqualTo(Map.of("m-1", "12"));
    }

    @Test
    void teamsAndLevels() throws Exception {
        SERVER.on("GET", "/api/teams", "[{\"id\": 3, \"name\": \"Travel\"}]");
        SERVER.on("GET", "/api/teams/3/availability", "{\"open\": true, \"online\": 2}");
        SERVER.on("PUT", "/api/conversations/77", THERE.formatted("open"));
        SERVER.on("GET", "/api/conversations/77", THERE.formatted("resolved"));

        assertThat(system().teams()).containsExactly(new Team("3", "Travel"));
        assertThat(system().availability(new Team("3", "Travel"))).isEqualTo(new Availability(true, 2, null));
        system().transfer(new Team("3", "Travel"), REFS);
        system().transfer(null, REFS);
        assertThat(system().state(REFS)).isEqualTo(new State("closed", "3", "9", true));
        system().close(REFS, null);
        system().reopen(REFS);
    }

    @Test
    void whatPeopleDo() throws Exception {
        SERVER.on("GET", "/api/conversations/77", THERE.formatted("open"));
        SERVER.on("GET", "/api/conversations/77/messages\\?after=5", """
                [{"id": 6, "external_id": "m-1", "from_user": true, "text": "Hi"},
                 {"id": 7, "agent": {"id": 9, "name": "Chloe"}, "text": "Hello", "created_at": "2026-11-22T10:00:00Z",
                  "attachments": [{"url": "https://desk/a.pdf"}]}]""");
        SERVER.on("GET", "/api/conversations\\?changed_since=2026-11-22T09%3A59%3A00Z", """
                [{"id": 77, "changed_at": "2026-11-22T10:00:30Z"}]""");

        SupportSystem.News news = system().eventsSince(REFS, "5");
        assertThat(news.position()).isEqualTo("7");
        assertThat(news.remarks()).extracting(SupportSystem.Remark::author).containsExactly(Author.USER, Author.AGENT);
        assertThat(news.remarks().get(1).text()).isEqualTo("Hello\nhttps://desk/a.pdf");
        assertThat(news.levels()).isEqualTo(new Levels("open", new Team("3", "Travel"), new Agent("9", "Chloe"),
                List.of("vip"), null));
        SupportSystem.Changes swept = system().changedSince("2026-11-22T10:00:00Z");
        assertThat(swept.conversations()).containsExactly(new Changed("77", null, null, "2026-11-22T10:00:30Z"));
        assertThat(swept.position()).isEqualTo("2026-11-22T10:00:30Z");
        SERVER.on("GET", "/api/conversations\\?changed_since=.*", "[]");
        assertThat(system().changedSince(null).position()).as("what comes from now on is not missed").isNotNull();
        SupportSystem.Received received = system().receive("""
                {"delivery_id": "d", "events": [{"id": 1, "type": "said", "conversation": {"id": 77}},
                 {"id": 2, "type": "rated", "score": 5, "comment": "Good", "conversation": {"id": 78, "external_id": "s.2"}},
                 {"id": 3, "type": "signed-in"}]}""");
        assertThat(received.conversations()).containsExactly(new Changed("77", null, null, null),
                new Changed("78", "s.2", null, null));
        assertThat(received.events()).containsExactly(new Event(Event.Kind.RATING, "78", "2", 5, "Good"));
    }

    @Test
    void itsSettingsAreTried() {
        SERVER.on("GET", "/api/me", "{\"name\": \"Gateway\", \"may_write\": true}");
        assertThat(system().check()).extracting(Check::setting).containsExactly("base-url", "token", "webhook-secret");
        SERVER.on("GET", "/api/me", r -> Reply.status(403, "{}"));
        assertThat(system().check()).singleElement().satisfies(check -> {
            assertThat(check.ok()).isFalse();
            assertThat(check.setting()).isEqualTo("token");
        });
    }
}
