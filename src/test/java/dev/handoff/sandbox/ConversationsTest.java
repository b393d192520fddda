package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConversationsTest {

    private static final SandboxServer SERVER = new SandboxServer(0, seed());
    private static final ChatwootContract CONTRACT = new ChatwootContract();

    private Caller caller;

    /** The standard one, with an agent's token besides the administrator's. */
    private static SandboxSeed seed() {
        return SandboxSeed.standard().withTokens(List.of(new SandboxSeed.Token(SandboxSeed.TOKEN, 1),
                new SandboxSeed.Token("ada", 2)));
    }

    @BeforeAll
    static void start() {
        SERVER.start();
        SERVER.listen(CONTRACT);
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
        CONTRACT.assertKept();
    }

    @BeforeEach
    void reset() {
        SERVER.reset();
        caller = Caller.of(SERVER);
    }

    @Test
    void aConversationIsOpenedForAContact() throws IOException {
        caller.contact("u");
        Caller.Reply reply = caller.post("~/conversations", """
                {'source_id':'s','inbox_id':1,'contact_id':1,'status':'pending',
                 'custom_attributes':{'mark':'m'},'additional_attributes':{'referer':'shop'}}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/id").asLong()).isEqualTo(1);
        assertThat(reply.at("/status").asText()).isEqualTo("pending");
        assertThat(reply.at("/meta/sender/identifier").asText()).isEqualTo("u");
        assertThat(reply.at("/custom_attributes/mark").asText()).isEqualTo("m");
        assertThat(reply.at("/additional_attributes/referer").asText()).isEqualTo("shop");
        assertThat(reply.at("/messages").size()).isZero();
        assertThat(caller.get("~/conversations/1").at("/uuid")).isEqualTo(reply.at("/uuid"));
    }

    @Test
    void aConversationIsOpenUnlessSaidOtherwiseAndCountsOn() throws IOException {
        assertThat(caller.conversation("a")).isEqualTo(1);
        assertThat(caller.conversation("b")).isEqualTo(2);
        assertThat(caller.get("~/conversations/2").at("/status").asText()).isEqualTo("open");
    }

    @Test
    void askedTwiceThereAreTwoConversationsInOneThread() throws IOException {
        caller.conversation("s");
        caller.post("~/conversations", "{'source_id':'s','inbox_id':1,'contact_id':1}");

        Caller.Reply found = caller.get("~/conversations?status=all&inbox_id=1&source_id=s");
        assertThat(found.at("/data/meta/all_count").asInt()).isEqualTo(2);
        assertThat(caller.get("~/contacts/1").at("/payload/contact_inboxes").size()).isEqualTo(1);
    }

    @Test
    void whatDoesNotExistIsNotFound() throws IOException {
        caller.contact("u");
        assertThat(caller.post("~/conversations", "{'source_id':'s','inbox_id':9,'contact_id':1}").status()).isEqualTo(404);
        assertThat(caller.post("~/conversations", "{'source_id':'s','inbox_id':1,'contact_id':9}").status()).isEqualTo(404);
        assertThat(caller.post("~/conversations", "{'source_id':'nobody'}").status()).isEqualTo(404);
        Caller.Reply reply = caller.get("~/conversations/9");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.at("/error").asText()).isEqualTo("Resource could not be found");
    }

    @Test
    void aSourceIdAloneFindsItsThread() throws IOException {
        caller.post("~/contacts", "{'identifier':'u','inbox_id':1,'source_id':'s'}");
        assertThat(caller.post("~/conversations", "{'source_id':'s'}").at("/meta/sender/id").asInt()).isEqualTo(1);
    }

    @Test
    void aSourceIdOfAnotherContactIsRefused() throws IOException {
        caller.conversation("s");
        long other = caller.contact("other");

        Caller.Reply reply = caller.post("~/conversations",
                "{'source_id':'s','inbox_id':1,'contact_id':" + other + "}");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error").asText()).isEqualTo("source_id should be unique");
    }

    @Test
    void anUnknownStatusCrashesAndAnUnknownTeamIsTaken() throws IOException {
        caller.contact("u");
        assertThat(caller.post("~/conversations",
                "{'source_id':'s','inbox_id':1,'contact_id':1,'status':'closed'}").status()).isEqualTo(500);
        Caller.Reply reply = caller.post("~/conversations",
                "{'source_id':'s','inbox_id':1,'contact_id':1,'team_id':99}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/meta/team").isMissingNode()).isTrue();
    }

    @Test
    void aTeamAtTheOpeningAssignsAMemberWhoIsThere() throws IOException {
        caller.contact("u");
        Caller.Reply reply = caller.post("~/conversations",
                "{'source_id':'s','inbox_id':1,'contact_id':1,'team_id':2}");
        assertThat(reply.at("/meta/team/name").asText()).isEqualTo("payments");
        assertThat(reply.at("/meta/assignee/name").asText()).isEqualTo("Ben Okafor");
    }

    @Test
    void aMessageMayComeWithTheOpening() throws IOException {
        caller.contact("u");
        Caller.Reply reply = caller.post("~/conversations", """
                {'source_id':'s','inbox_id':1,'contact_id':1,'message':{'content':'hi','message_type':'incoming'}}""");
        assertThat(reply.at("/messages/0/content").asText()).isEqualTo("hi");
    }

    @Test
    void theListShowsOpenOnesUnlessAsked() throws IOException {
        caller.conversation("a");
        caller.conversation("b");
        caller.post("~/conversations/2/toggle_status", "{'status':'resolved'}");

        assertThat(caller.get("~/conversations").at("/data/payload").findValuesAsText("uuid")).hasSize(1);
        assertThat(caller.get("~/conversations?source_id=b&inbox_id=1").at("/data/payload").size()).isZero();
        assertThat(caller.get("~/conversations?status=all&source_id=b&inbox_id=1").at("/data/payload/0/id").asInt())
                .isEqualTo(2);
        assertThat(caller.get("~/conversations?status=all&source_id=b&inbox_id=2").at("/data/payload").size()).isZero();
    }

    @Test
    void theListHas25OnAPage() throws IOException {
        caller.contact("u");
        for (int i = 0; i < 26; i++) {
            caller.post("~/conversations", "{'source_id':'s" + i + "','inbox_id':1,'contact_id':1}");
        }
        assertThat(caller.get("~/conversations").at("/data/payload").size()).isEqualTo(25);
        assertThat(caller.get("~/conversations?page=2").at("/data/payload").size()).isEqualTo(1);
    }

    @Test
    void aStatusIsChangedAndToldInTheConversation() throws IOException {
        caller.conversation("s");

        Caller.Reply reply = caller.post("~/conversations/1/toggle_status", "{'status':'resolved'}");

        assertThat(reply.at("/payload/success").asBoolean()).isTrue();
        assertThat(reply.at("/payload/current_status").asText()).isEqualTo("resolved");
        Caller.Reply messages = caller.get("~/conversations/1/messages");
        assertThat(messages.at("/payload/0/message_type").asInt()).isEqualTo(2);
        assertThat(messages.at("/payload/0/content").asText()).isEqualTo("Conversation was marked resolved by Handoff");
        assertThat(caller.post("~/conversations/1/toggle_status", "{}").at("/payload/current_status").asText())
                .isEqualTo("open");
        assertThat(caller.post("~/conversations/1/toggle_status", "{'status':'shut'}").status()).isEqualTo(500);
    }

    @Test
    void anAgentWhoOpensAConversationGetsItAnAdministratorDoesNot() throws IOException {
        caller.conversation("s");
        caller.post("~/conversations/1/toggle_status", "{'status':'resolved'}");
        caller.post("~/conversations/1/toggle_status", "{'status':'open'}");
        assertThat(caller.get("~/conversations/1").at("/meta/assignee").isMissingNode()).isTrue();
        caller.as("ada").post("~/conversations/1/toggle_status", "{'status':'open'}");
        assertThat(caller.get("~/conversations/1").at("/meta/assignee/name").asText()).isEqualTo("Ada Novak");
    }

    @Test
    void aTeamIsAssignedAndTakenBack() throws IOException {
        caller.conversation("s");

        Caller.Reply reply = caller.post("~/conversations/1/assignments", "{'team_id':2}");

        assertThat(reply.at("/name").asText()).isEqualTo("payments");
        Caller.Reply after = caller.get("~/conversations/1");
        assertThat(after.at("/meta/team/id").asInt()).isEqualTo(2);
        assertThat(after.at("/meta/assignee/name").asText()).isEqualTo("Ben Okafor");
        assertThat(caller.get("~/conversations?team_id=2").at("/data/meta/all_count").asInt()).isEqualTo(1);
        assertThat(caller.post("~/conversations/1/assignments", "{'team_id':null}").text()).isEqualTo("null");
        assertThat(caller.get("~/conversations/1").at("/meta/team").isMissingNode()).isTrue();
    }

    @Test
    void anUnknownTeamIsAnsweredBy200AndUnassigns() throws IOException {
        caller.conversation("s");
        caller.post("~/conversations/1/assignments", "{'team_id':2}");

        Caller.Reply reply = caller.post("~/conversations/1/assignments", "{'team_id':99}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("null");
        assertThat(caller.get("~/conversations/1").at("/meta/team").isMissingNode()).isTrue();
    }

    @Test
    void aTeamThatTakesOverDropsAnAssigneeWhoIsNotInIt() throws IOException {
        caller.conversation("s");
        caller.post("~/conversations/1/assignments", "{'assignee_id':2}");
        caller.post("~/conversations/1/assignments", "{'team_id':8}");
        assertThat(caller.get("~/conversations/1").at("/meta/team/name").asText()).isEqualTo("billing");
        assertThat(caller.get("~/conversations/1").at("/meta/assignee").isMissingNode()).isTrue();
    }

    @Test
    void theAssigneeWinsOverTheTeamAndAnUnknownOneUnassigns() throws IOException {
        caller.conversation("s");
        Caller.Reply reply = caller.post("~/conversations/1/assignments", "{'assignee_id':4,'team_id':2}");
        assertThat(reply.at("/available_name").asText()).isEqualTo("Chloé Martin");
        assertThat(caller.get("~/conversations/1").at("/meta/team").isMissingNode()).isTrue();
        assertThat(caller.post("~/conversations/1/assignments", "{'assignee_id':99}").text()).isEqualTo("null");
        assertThat(caller.get("~/conversations/1").at("/meta/assignee").isMissingNode()).isTrue();
    }

    @Test
    void labelsAreReplaced() throws IOException {
        caller.conversation("s");
        caller.post("~/conversations/1/labels", "{'labels':['a','b']}");
        assertThat(caller.post("~/conversations/1/labels", "{'labels':['c']}").at("/payload").toString())
                .isEqualTo("[\"c\"]");
        assertThat(caller.get("~/conversations/1/labels").at("/payload").toString()).isEqualTo("[\"c\"]");
        assertThat(caller.get("~/conversations/1").at("/labels").toString()).isEqualTo("[\"c\"]");
    }

    @Test
    void typingIsSeen() throws IOException {
        caller.conversation("s");
        Caller.Reply reply = caller.post("~/conversations/1/toggle_typing_status", "{'typing_status':'on'}");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEmpty();
        assertThat(SERVER.view().conversation(1).orElseThrow().typing()).isTrue();
        caller.post("~/conversations/1/toggle_typing_status", "{'typing_status':'off'}");
        assertThat(SERVER.view().conversation(1).orElseThrow().typing()).isFalse();
    }
}
