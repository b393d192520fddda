package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AgentsTest {

    private static final long ADA = 2;
    private static final long BEN = 3;

    private final SandboxServer server = new SandboxServer(0);
    private final Agents agents = server.agents();
    private Caller caller;
    private long conversation;

    @BeforeEach
    void start() throws IOException {
        server.start();
        caller = Caller.of(server);
        conversation = caller.conversation("s1");
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private AgentView.Detail seen() {
        return server.view().conversation(conversation).orElseThrow();
    }

    @Test
    void whatAgentsWriteIsReadOverTheApi() throws IOException {
        agents.reply(conversation, ADA, "Hello");
        agents.note(conversation, ADA, "VIP");
        agents.replyFromPhone(conversation, "on my way");
        agents.template(conversation, "We are closed");

        Caller.Reply messages = caller.get("~/conversations/1/messages");
        assertThat(messages.at("/payload/0/sender/name").asText()).isEqualTo("Ada Novak");
        assertThat(messages.at("/payload/1/private").asBoolean()).isTrue();
        assertThat(messages.at("/payload/2/message_type").asInt()).isEqualTo(1);
        assertThat(messages.at("/payload/2/sender").isMissingNode()).isTrue();
        assertThat(messages.at("/payload/3/message_type").asInt()).isEqualTo(3);
        assertThat(seen().messages()).extracting(AgentView.Line::author).containsExactly(AgentView.Author.AGENT,
                AgentView.Author.NOTE, AgentView.Author.AGENT, AgentView.Author.TEMPLATE);
    }

    @Test
    void whatTheContactWritesReopensAResolvedConversation() throws IOException {
        agents.resolve(conversation, ADA);
        assertThat(seen().status()).isEqualTo("resolved");
        caller.post("~/conversations/1/messages", "{'content':'One more thing','message_type':'incoming'}");
        assertThat(seen().status()).isEqualTo("open");
    }

    @Test
    void whatAnAgentWritesLeavesItResolved() {
        agents.resolve(conversation, ADA);
        agents.reply(conversation, ADA, "By the way");
        assertThat(seen().status()).isEqualTo("resolved");
    }

    @Test
    void whoReopensGetsIt() {
        agents.resolve(conversation, ADA);
        agents.open(conversation, BEN);
        assertThat(seen().assigneeId()).isEqualTo(BEN);
        agents.assign(conversation, null);
        agents.open(conversation, ADA);
        assertThat(seen().assigneeId()).as("it was open already").isNull();
    }

    @Test
    void aRatingStandsInTheSurvey() throws IOException {
        agents.rate(conversation, 5, "perfect");
        agents.rate(conversation, 4, "on second thoughts");
        Caller.Reply messages = caller.get("~/conversations/1/messages");
        assertThat(messages.at("/payload").size()).isEqualTo(1);
        assertThat(messages.at("/payload/0/content_type").asText()).isEqualTo("input_csat");
        assertThat(messages.at("/payload/0/content_attributes/submitted_values/csat_survey_response/rating").asInt())
                .isEqualTo(4);
    }

    @Test
    void aDeletedLineStaysAndSaysSo() throws IOException {
        agents.delete(conversation, agents.reply(conversation, ADA, "oops"));
        Caller.Reply messages = caller.get("~/conversations/1/messages");
        assertThat(messages.at("/payload/0/content_attributes/deleted").asBoolean()).isTrue();
        assertThat(messages.text()).doesNotContain("oops");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> agents.reply(77, ADA, "x")).hasMessage("There is no conversation 77");
        assertThatThrownBy(() -> agents.reply(conversation, 99, "x")).hasMessage("There is no agent 99");
        assertThatThrownBy(() -> agents.team(conversation, 99L)).hasMessage("There is no team 99");
        assertThatThrownBy(() -> agents.delete(conversation, 99)).hasMessage("There is no message 99 in conversation 1");
        assertThatThrownBy(() -> agents.rate(conversation, 6, null)).hasMessageContaining("1 to 5");
    }
}
