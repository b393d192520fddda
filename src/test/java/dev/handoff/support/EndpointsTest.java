package dev.handoff.support;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import dev.handoff.session.Author;
import dev.handoff.support.ScriptedServer.Reply;
import dev.handoff.support.SupportSystem.Post;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Nothing grows with the number of conversations. */
class EndpointsTest extends SupportTest {

    @Test
    void aThousandConversationsNeedNoFurtherEndpoint() throws CallFailed {
        SERVER.on("POST", ".*/conversations/\\d+/messages", "{\"id\":1}");
        SERVER.on("GET", ".*/conversations/\\d+/messages.*", r -> Reply.json("{\"payload\":[]}"));
        converse(1);
        int before = camel.getEndpoints().size();

        for (int i = 2; i <= 1000; i++) {
            converse(i);
        }

        assertThat(camel.getEndpoints()).hasSize(before)
                .noneMatch(endpoint -> endpoint.getEndpointUri().contains("secret"));
    }

    private void converse(int conversation) throws CallFailed {
        Map<String, String> refs = Map.of("conversation", String.valueOf(conversation));
        String mark = UUID.randomUUID().toString();
        desk().post(new Post(mark, false, Author.USER, null, "hello", null), refs);
        desk().find(SupportTest.posts(mark), refs);
    }
}
