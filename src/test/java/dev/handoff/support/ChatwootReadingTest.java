package dev.handoff.support;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import dev.handoff.session.Author;
import dev.handoff.session.Team;
import dev.handoff.support.ScriptedServer.Reply;
import dev.handoff.support.SupportSystem.Agent;
import dev.handoff.support.SupportSystem.Changed;
import dev.handoff.support.SupportSystem.Changes;
import dev.handoff.support.SupportSystem.Levels;
import dev.handoff.support.SupportSystem.News;
import dev.handoff.support.SupportSystem.Remark;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** What the Chatwoot route set learns from reading. */
class ChatwootReadingTest extends SupportTest {

    private static final String A = "/api/v1/accounts/1";

    @Test
    void readsWhatWasSaidWithAnOverlap() throws CallFailed {
        SERVER.on("GET", CONVERSATION, """
                {"status":"open","labels":["vip"],"meta":{"team":{"id":2,"name":"sales"},"assignee_type":"User",
                 "assignee":{"id":5,"name":"Ann Bell","available_name":"Ann"}}}""");
        SERVER.on("GET", CONVERSATION + "/messages\\?after=0", """
                {"payload":[
                 {"id":1,"message_type":0,"private":false,"content":"hi","source_id":"m-1","created_at":1000},
                 {"id":2,"message_type":2,"private":false,"content":"Ann joined","created_at":1001},
                 {"id":3,"message_type":1,"private":true,"content":"note","created_at":1002,"sender":{"type":"user"}},
                 {"id":4,"message_type":1,"private":false,"content":null,"created_at":1020,
                  "sender":{"type":"user","name":"Ann"},"attachments":[{"data_url":"https://x/1"}]},
                 {"id":5,"message_type":1,"private":false,"content":"phone","created_at":1040},
                 {"id":6,"message_type":1,"private":false,"content":"b","created_at":1040,"sender":{"type":"agent_bot"}},
                 {"id":7,"message_type":3,"private":false,"content":"closed","created_at":1041},
                 {"id":8,"message_type":1,"private":false,"content":"gone","created_at":1042,
                  "content_attributes":{"deleted":true}},
                 {"id":9,"message_type":1,"private":false,"content":"rule","created_at":1042,
                  "content_attributes":{"automation_rule_id":4}},
                 {"id":10,"message_type":1,"private":false,"content":"made up","created_at":1042,
                  "sender":{"type":"captain_assistant"}}]}""");

        News news = desk().eventsSince(REFS, null);

        assertThat(news.remarks()).extracting(Remark::id, Remark::author, Remark::note, Remark::deleted)
                .containsExactly(tuple("1", Author.USER, false, false), tuple("3", Author.AGENT, true, false),
                        tuple("4", Author.AGENT, false, false), tuple("5", Author.AGENT, false, false),
                        tuple("6", Author.BOT, false, false), tuple("7", Author.SYSTEM, false, false),
                        tuple("8", Author.AGENT, false, true), tuple("9", Author.SYSTEM, false, false),
                        tuple("10", Author.BOT, false, false));
        assertThat(news.remarks().get(0).mark()).isEqualTo("m-1");
        assertThat(news.remarks().get(2).text()).isEqualTo("https://x/1");
        assertThat(news.remarks().get(2).name()).isEqualTo("Ann");
        assertThat(news.remarks().get(2).at()).isEqualTo(Instant.ofEpochSecond(1020));
        assertThat(news.levels()).isEqualTo(new Levels("open", new Team("2", "sales"), new Agent("5", "Ann"),
                List.of("vip"), null));
        assertThat(news.more()).isFalse();
        assertThat(news.position()).isEqualTo("3");
    }

    @Test
    void readsPageByPageAndKeepsTheOverlap() throws CallFailed {
        SERVER.on("GET", CONVERSATION, "{\"status\":\"open\",\"meta\":{}}");
        String page = IntStream.rangeClosed(1, 100).mapToObj(i -> "{\"id\":" + i
                + ",\"message_type\":1,\"private\":false,\"content\":\"x\",\"created_at\":" + (1000 + i) + "}")
                .collect(Collectors.joining(","));
        SERVER.on("GET", CONVERSATION + "/messages\\?after=0", "{\"payload\":[" + page + "]}");
        SERVER.on("GET", CONVERSATION + "/messages\\?after=100", "{\"payload\":[]}");

        News first = desk().eventsSince(REFS, null);
        News second = desk().eventsSince(REFS, first.position());

        assertThat(first.more()).isTrue();
        assertThat(first.remarks()).hasSize(100);
        assertThat(second.more()).isFalse();
        assertThat(second.position()).isEqualTo("70");
    }

    @Test
    void whatIsClosedIsLookedAtAgainAfterItsMessages() throws CallFailed {
        SERVER.on("GET", CONVERSATION + "/messages\\?after=0", r -> {
            SERVER.on("GET", CONVERSATION, "{\"status\":\"open\",\"meta\":{}}");
            return Reply.json("{\"payload\":[]}");
        });
        SERVER.on("GET", CONVERSATION, "{\"status\":\"resolved\",\"meta\":{}}");

        assertThat(desk().eventsSince(REFS, null).levels().closed()).isFalse();
    }

    @Test
    void aBotAsAssigneeIsNobody() throws CallFailed {
        SERVER.on("GET", CONVERSATION,
                "{\"status\":\"open\",\"meta\":{\"assignee_type\":\"AgentBot\",\"assignee\":{\"id\":1,\"name\":\"b\"}}}");
        SERVER.on("GET", CONVERSATION + "/messages\\?after=0", "{\"payload\":[]}");

        assertThat(desk().eventsSince(REFS, null).levels().assignee()).isNull();
    }

    @Test
    void aConversationThatIsNotThereCannotBeRead() {
        assertThatThrownBy(() -> desk().eventsSince(REFS, null)).isInstanceOfSatisfying(CallFailed.class,
                e -> assertThat(e.outcome()).isEqualTo(CallFailed.Outcome.GONE));
    }

    @Test
    void sweepsAsFarBackAsItMust() throws CallFailed {
        SERVER.on("GET", A + "/conversations\\?status=all&inbox_id=3&page=1", """
                {"data":{"payload":[{"id":9,"last_activity_at":5000,"status":"open","meta":{"assignee":{"id":5}}},
                 {"id":8,"last_activity_at":4990,"status":"resolved"}]}}""");
        SERVER.on("GET", A + "/conversations\\?status=all&inbox_id=3&page=2",
                "{\"data\":{\"payload\":[{\"id\":7,\"last_activity_at\":100,\"status\":\"open\"}]}}");

        Changes first = desk().changedSince(null);
        assertThat(first.position()).isEqualTo("5000");
        assertThat(first.conversations()).extracting(Changed::id).containsExactly("9", "8");
        assertThat(SERVER.requests()).hasSize(1);

        Changes second = desk().changedSince("5000");
        assertThat(second.conversations()).extracting(Changed::id).containsExactly("9", "8", "7");
        assertThat(second.conversations().get(0).version()).isEqualTo(first.conversations().get(0).version())
                .contains("5000", "open", "5");
        assertThat(SERVER.requests()).hasSize(3);
    }
}
