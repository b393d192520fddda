package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MessagesTest {

    private static final SettableClock CLOCK = new SettableClock();
    private static final SandboxServer SERVER = new SandboxServer(0,
            SandboxSeed.standard().withMessagesPerMinute(null), CLOCK);
    private static final ChatwootContract CONTRACT = new ChatwootContract();

    private Caller caller;

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
    void openConversation() throws IOException {
        SERVER.reset();
        caller = Caller.of(SERVER);
        caller.conversation("s");
    }

    @Test
    void whoSpeaksIsWhoItSays() throws IOException {
        post("{'content':'from the user','message_type':'incoming','source_id':'m:1'}");
        post("{'content':'from the bot','message_type':'outgoing','sender_type':'AgentBot','sender_id':1}");
        post("{'content':'from the gateway','message_type':'outgoing'}");
        post("{'content':'for agents only','private':true}");

        List<AgentView.Line> lines = SERVER.view().conversation(1).orElseThrow().messages();
        assertThat(lines).extracting(AgentView.Line::author).containsExactly(AgentView.Author.USER,
                AgentView.Author.BOT, AgentView.Author.AGENT, AgentView.Author.NOTE);
        assertThat(lines).extracting(AgentView.Line::name).containsExactly("User s", "Bot", "Handoff", "Handoff");
        assertThat(lines).extracting(AgentView.Line::sourceId).containsExactly("m:1", null, null, null);
    }

    @Test
    void aMessageIsAnsweredInFull() throws IOException {
        Caller.Reply reply = post("""
                {'content':'שלום 👋','message_type':'incoming','source_id':'m:1','echo_id':'e',
                 'content_attributes':{'gw_id':'g'},'external_created_at':'2026-01-02T03:04:05Z'}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/id").asInt()).isEqualTo(1);
        assertThat(reply.at("/content").asText()).isEqualTo("שלום 👋");
        assertThat(reply.at("/message_type").asInt()).isZero();
        assertThat(reply.at("/conversation_id").asInt()).isEqualTo(1);
        assertThat(reply.at("/source_id").asText()).isEqualTo("m:1");
        assertThat(reply.at("/echo_id").asText()).isEqualTo("e");
        assertThat(reply.at("/sender/type").asText()).isEqualTo("contact");
        assertThat(reply.at("/content_attributes/gw_id").asText()).isEqualTo("g");
        assertThat(reply.at("/content_attributes/external_created_at").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(caller.get("~/conversations/1/messages").at("/payload/0/echo_id").isMissingNode()).isTrue();
    }

    @Test
    void anUnknownBotSpeaksAsTheCaller() throws IOException {
        assertThat(post("{'content':'x','sender_type':'AgentBot','sender_id':77}").at("/sender/type").asText())
                .isEqualTo("user");
        assertThat(post("{'content':'x','sender_type':'AgentBot','sender_id':1}").at("/sender/type").asText())
                .isEqualTo("agent_bot");
    }

    @Test
    void theSameSourceIdIsStoredTwice() throws IOException {
        post("{'content':'x','source_id':'m'}");
        post("{'content':'x','source_id':'m'}");
        assertThat(caller.get("~/conversations/1/messages").at("/payload").size()).isEqualTo(2);
    }

    @Test
    void contentIsLimitedInCharactersNotInUnits() throws IOException {
        assertThat(post("{'content':'" + "🦊".repeat(150_000) + "'}").status()).isEqualTo(200);
        Caller.Reply reply = post("{'content':'" + "x".repeat(150_001) + "'}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error").asText())
                .isEqualTo("Validation failed: Content is too long (maximum is 150000 characters)");
    }

    @Test
    void whatCannotBeStoredIsRefused() throws IOException {
        assertThat(post("{'content':'a\\u0000b'}").status()).isEqualTo(422);
        assertThat(post("{'content':'a\\u0000b'}").at("/error").asText()).contains("null byte");
        assertThat(post("{'content':'x','content_attributes':{'a':'\\u0000'}}").status()).isEqualTo(422);
        assertThat(post("{'content':'a\\u0007b\\tc'}").at("/content").asText()).isEqualTo("a\u0007b\tc");
        assertThat(caller.get("~/conversations/1/messages").at("/payload").size()).isEqualTo(1);
        assertThat(caller.post("~/conversations/7/messages", "{'content':'x'}").status()).isEqualTo(404);
    }

    @Test
    void readingAfterAnIdGivesAHundredInOrder() throws IOException {
        postMany(103);
        Caller.Reply reply = caller.get("~/conversations/1/messages?after=2");
        assertThat(ids(reply)).isEqualTo(IntStream.rangeClosed(3, 102).boxed().toList());
        assertThat(ids(caller.get("~/conversations/1/messages?after=102"))).containsExactly(103);
        assertThat(ids(caller.get("~/conversations/1/messages?after=103"))).isEmpty();
        assertThat(ids(caller.get("~/conversations/1/messages?after=0"))).hasSize(100).startsWith(1);
    }

    @Test
    void readingBeforeAnIdOrNoneGivesTheLastTwentyInOrder() throws IOException {
        postMany(30);
        assertThat(ids(caller.get("~/conversations/1/messages?before=25")))
                .isEqualTo(IntStream.rangeClosed(5, 24).boxed().toList());
        assertThat(ids(caller.get("~/conversations/1/messages")))
                .isEqualTo(IntStream.rangeClosed(11, 30).boxed().toList());
        assertThat(ids(caller.get("~/conversations/1/messages?after=3&before=6"))).containsExactly(3, 4, 5);
    }

    @Test
    void idsCountOverTheWholeAccount() throws IOException {
        long other = caller.conversation("t");
        post("{'content':'1'}");
        caller.post("~/conversations/" + other + "/messages", "{'content':'2'}");
        post("{'content':'3'}");
        assertThat(ids(caller.get("~/conversations/1/messages"))).containsExactly(1, 3);
        assertThat(ids(caller.get("~/conversations/2/messages?after=1"))).containsExactly(2);
    }

    @Test
    void notesAndActivitiesCanBeLeftOut() throws IOException {
        post("{'content':'public'}");
        post("{'content':'note','private':true}");
        caller.post("~/conversations/1/toggle_status", "{'status':'resolved'}");
        assertThat(ids(caller.get("~/conversations/1/messages"))).containsExactly(1, 2, 3);
        assertThat(ids(caller.get("~/conversations/1/messages?filter_internal_messages=true"))).containsExactly(1);
    }

    @Test
    void aWordOfTheUserReopensAResolvedConversationAWordOfAnAgentDoesNot() throws IOException {
        caller.post("~/conversations/1/toggle_status", "{'status':'resolved'}");
        post("{'content':'anything else?'}");
        assertThat(caller.get("~/conversations/1").at("/status").asText()).isEqualTo("resolved");
        post("{'content':'yes!','message_type':'incoming'}");
        assertThat(caller.get("~/conversations/1").at("/status").asText()).isEqualTo("open");
    }

    @Test
    void aConversationTakesSoManyMessagesAMinute() throws IOException {
        SERVER.limitMessagesPerMinute(200);
        postMany(200);
        Caller.Reply reply = post("{'content':'one too many'}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/error").asText()).isEqualTo("Validation failed: Too many messages");

        long other = caller.conversation("t");
        assertThat(caller.post("~/conversations/" + other + "/messages", "{'content':'x'}").status()).isEqualTo(200);
        CLOCK.advance(Duration.ofSeconds(61));
        assertThat(post("{'content':'a minute later'}").status()).isEqualTo(200);
    }

    @Test
    void onlyApiInboxesTakeIncomingMessages() throws IOException {
        SandboxSeed seed = SandboxSeed.standard()
                .withInbox(new SandboxSeed.Inbox(1, "Web", "Channel::WebWidget"));
        try (SandboxServer web = new SandboxServer(0, seed)) {
            web.start();
            Caller webCaller = Caller.of(web);
            webCaller.conversation("s");
            Caller.Reply reply = webCaller.post("~/conversations/1/messages",
                    "{'content':'x','message_type':'incoming'}");
            assertThat(reply.status()).isEqualTo(422);
            assertThat(reply.at("/error").asText()).isEqualTo("Incoming messages are only allowed in Api inboxes");
        }
    }

    private Caller.Reply post(String body) throws IOException {
        return caller.post("~/conversations/1/messages", body);
    }

    private void postMany(int count) throws IOException {
        for (int i = 1; i <= count; i++) {
            post("{'content':'" + i + "'}");
        }
    }

    private static List<Integer> ids(Caller.Reply reply) {
        return reply.json().path("payload").findValues("id").isEmpty() ? List.of()
                : IntStream.range(0, reply.at("/payload").size())
                        .mapToObj(i -> reply.at("/payload/" + i + "/id").asInt()).toList();
    }

    private static final class SettableClock extends Clock {

        private volatile Instant now = Instant.parse("2026-06-17T10:00:00Z");

        void advance(Duration step) {
            now = now.plus(step);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
