package dev.handoff.support;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.session.Author;
import dev.handoff.session.Team;
import dev.handoff.session.User;
import dev.handoff.support.ScriptedServer.Reply;
import dev.handoff.support.SupportSystem.Levels;
import dev.handoff.support.SupportSystem.Post;
import dev.handoff.support.SupportSystem.Remark;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What routes find and may give back, as routes/support/README.md says, over a route set that shows all of it. */
class ContractTest extends SupportTest {

    private static final Post HELLO =
            new Post("m-1", false, Author.USER, "Ana", "1 < 2\nso", "2026-11-22T10:00:00Z");
    private static final String HELLO_MAP = """
            {"mark": "m-1", "note": false, "author": "user", "name": "Ana", "text": "1 < 2\\nso",
             "at": "2026-11-22T10:00:00Z", "html": "1 &lt; 2<br>so"}""";

    private SupportSystem slate() {
        return systems.get("slate");
    }

    @Test
    void aTextIsGivenAsHtmlToo() throws Exception {
        SERVER.on("POST", "/post", r -> Reply.json("7"));

        assertThat(slate().post(HELLO, Map.of("conversation", "c"))).isEqualTo("7");

        assertThat(asked().get("body")).isEqualTo(json(HELLO_MAP));
    }

    @Test
    void whereHtmlIsNotDeclaredThereIsNone() throws Exception {
        SERVER.on("POST", "/api/v1/accounts/1/conversations/77/messages", "{\"id\": 1}");
        desk().post(HELLO, REFS);
        assertThat(SERVER.requests().get(0).body().path("content").asText()).isEqualTo("1 < 2\nso");
        assertThat(desk().capabilities().html()).isFalse();
    }

    @Test
    void findSeesThePostsInTheOrderOfTheMarks() throws Exception {
        SERVER.on("POST", "/find", "{\"m-2\": 8, \"other\": 9}");
        Post note = new Post("m-2", true, Author.BOT, null, "a note", null);

        assertThat(slate().find(List.of(HELLO, note), Map.of("conversation", "c"))).isEqualTo(Map.of("m-2", "8"));

        assertThat(asked().get("body")).isEqualTo(json("[\"m-1\", \"m-2\"]"));
        assertThat(asked().get("posts")).isEqualTo(json("[" + HELLO_MAP + """
                , {"mark": "m-2", "note": true, "author": "bot", "name": null, "text": "a note", "at": null,
                "html": "a note"}]"""));
    }

    @Test
    void aConversationMayBeginWithItsFirstText() throws Exception {
        SERVER.on("POST", "/create-conversation", "{\"conversation\": 5, \"first\": 6}");

        assertThat(slate().createConversation(new User("u", "Ana", null, null, null, null), "s.1", Map.of("user", "u-9"),
                new Team("3", "Travel"), HELLO, false, true))
                .isEqualTo(Map.of("user", "u-9", "conversation", "5", "first", "6"));

        assertThat(asked().get("first")).isEqualTo(json(HELLO_MAP));
        assertThat(asked().get("team")).isEqualTo(json("{\"id\": \"3\", \"name\": \"Travel\"}"));
    }

    @Test
    void whatIsReadMayBeHtmlAndOurOwn() throws Exception {
        SERVER.on("POST", "/events-since", """
                {"messages": [
                   {"id": 1, "author": "agent", "name": "Chloe", "html": "<p>Hi &amp; hello</p>"},
                   {"id": 2, "author": "bot", "own": true, "text": "ours"}],
                 "levels": {"status": "open"}, "position": 2, "more": false}""");

        SupportSystem.News news = slate().eventsSince(Map.of("conversation", "c"), null);

        assertThat(news.remarks()).containsExactly(
                new Remark("1", null, Author.AGENT, false, false, false, "Chloe", "Hi & hello", null),
                new Remark("2", null, Author.BOT, true, false, false, null, "ours", null));
        assertThat(news.levels()).as("what is left out is as it was")
                .isEqualTo(new Levels("open", null, null, List.of(), null, false, false));
        SERVER.on("POST", "/events-since", """
                {"messages": [], "levels": {"status": "open", "team": null, "assignee": null}, "position": 2}""");
        assertThat(slate().eventsSince(Map.of("conversation", "c"), null).levels())
                .isEqualTo(new Levels("open", null, null, List.of(), null));
    }

    private static JsonNode asked() {
        return SERVER.requests().get(SERVER.requests().size() - 1).body();
    }

    private static JsonNode json(String text) throws Exception {
        return new com.fasterxml.jackson.databind.ObjectMapper().readTree(text);
    }
}
