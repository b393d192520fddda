package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of an edit where the support system tells of it. Chatwoot's agents cannot edit, so its route is made to
 * read one out of the webhook.
 */
class AgentEditsTest {

    private static final String SECRET = "webhook-secret-1";
    private static final String DELETIONS = "events + (deleted ? [of + [kind: 'deleted']] : [])";
    private static final String EDITS = DELETIONS
            + " + (body.event == 'message_updated' ? [of + [kind: 'edited', text: body.content]] : [])";

    @Test
    @DisplayName("agent edits/deletes: an edit")
    void agentEdits(@TempDir Path folder) throws IOException {
        copyRoutes(folder);
        Path receive = folder.resolve("support/chatwoot/receive.camel.yaml");
        assertThat(receive).content().contains(DELETIONS);
        Files.writeString(receive, Files.readString(receive).replace(DELETIONS, EDITS));
        try (SandboxServer desk = Desks.start(SandboxSeed.standard().withoutAutoAssign(), new ChatwootContract())) {
            Map<String, Object> properties = App.properties(Database.H2.create(), desk);
            properties.put("handoff.routes", folder);
            properties.put("handoff.connections.desk.settings.webhook-secret", SECRET);
            properties.put("handoff.connections.desk.sweep", "200ms");
            try (App app = App.start(properties)) {
                Api bot = app.bot();
                String conversation = bot.handoff("s", "{'wait': 30, 'team': 'Travel'}").text("/conversation/id");
                long message = desk.agents().reply(Long.parseLong(conversation), 2, "On Tuseday");
                await().until(() -> said(bot).size() == 1);
                Hook edited = Hook.to(app.url() + "/v1/webhooks/desk").signedWith(SECRET).body("""
                        {"event":"message_updated","id":%d,"message_type":"outgoing","content":"On Tuesday",
                         "source_id":null,"content_attributes":{},
                         "conversation":{"id":%s,"inbox_id":1,"contact_inbox":{}}}""".formatted(message, conversation));
                assertThat(edited.delivery("first").send()).isEqualTo(200);
                assertThat(edited.delivery("again").send()).isEqualTo(200);
                desk.agents().reply(Long.parseLong(conversation), 2, "At eight");

                await().until(() -> said(bot).size() >= 3);
                assertThat(said(bot)).extracting(entry -> entry.path("text").asText())
                        .containsExactlyInAnyOrder("On Tuseday", "On Tuesday", "At eight");
                assertThat(said(bot)).filteredOn(entry -> entry.path("text").asText().equals("On Tuesday"))
                        .singleElement().satisfies(entry -> assertThat(entry.path("replaces").asLong())
                                .isEqualTo(said(bot).get(0).path("seq").asLong()));
            }
        }
    }

    private static List<JsonNode> said(Api bot) {
        return StreamSupport.stream(bot.log("s").spliterator(), false)
                .filter(entry -> entry.path("kind").asText().equals("message")).toList();
    }

    private static void copyRoutes(Path to) throws IOException {
        Path from = Path.of("routes");
        try (Stream<Path> all = Files.walk(from)) {
            all.filter(Files::isRegularFile).forEach(file -> {
                try {
                    Path target = to.resolve(from.relativize(file));
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
