package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlTest {

    private static final SandboxServer SERVER = new SandboxServer(0);

    private final Caller caller = Caller.of(SERVER);

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void reset() throws IOException {
        assertThat(caller.post("/sandbox/reset", "").status()).isEqualTo(200);
    }

    @Test
    void faultsAreSetShownSpentAndCleared() throws IOException {
        Caller.Reply set = caller.put("/sandbox/faults", """
                [{'kind':'error-after','next':2,'method':'POST','path':'/contacts'},
                 {'kind':'limited','probability':0.5,'method':'DELETE','retryAfterSeconds':3}]""");
        assertThat(set.at("/0/kind").asText()).isEqualTo("error-after");

        assertThat(caller.post("~/contacts", "{}").status()).isEqualTo(500);
        Caller.Reply shown = caller.get("/sandbox/faults");
        assertThat(shown.at("/0/next").asInt()).isEqualTo(1);
        assertThat(shown.at("/1/retryAfterSeconds").asInt()).isEqualTo(3);
        assertThat(caller.call("DELETE", "/sandbox/faults", null).json().size()).isZero();
        assertThat(caller.post("~/contacts", "{}").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[{'kind':'explode'}] | explode",
            "[{'kind':'limited','probability':2}] | probability",
            "[{'kind':'limited','next':0}] | next",
            "[{'kind':'latency'}] | delay",
            "[{'kind':'down'}] | millis",
            "[{'kind':'limited','prob':1}] | prob",
            "[ | "})
    void aFaultThatIsNotOneIsRefusedInWordsAndChangesNothing(String body, String named) throws IOException {
        caller.put("/sandbox/faults", "[{'kind':'limited','method':'DELETE'}]");
        Caller.Reply reply = caller.put("/sandbox/faults", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.at("/error").asText()).contains(named == null ? "" : named);
        assertThat(caller.get("/sandbox/faults").json().size()).isEqualTo(1);
    }

    @Test
    void downEndsByItself() throws IOException {
        assertThat(caller.put("/sandbox/faults", "[{'kind':'down','millis':700}]").status()).isEqualTo(200);
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThatThrownBy(() -> caller.get("~/teams")).isInstanceOf(IOException.class));
        await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(5)).ignoreExceptions()
                .until(() -> caller.get("~/teams").status() == 200);
    }

    @Test
    void callsAndFaultsAreCounted() throws IOException {
        caller.put("/sandbox/faults", "[{'kind':'reset-before','method':'POST','path':'/messages','next':1}]");
        caller.conversation("s");
        assertThatThrownBy(() -> caller.post("~/conversations/1/messages", "{}")).isInstanceOf(IOException.class);

        Caller.Reply counts = caller.get("/sandbox/calls");
        String account = "/api/v1/accounts/{account_id}";
        assertThat(counts.json().path("calls").path("POST " + account + "/contacts").asInt()).isEqualTo(1);
        assertThat(counts.json().path("calls").path("POST " + account + "/conversations/{conversation_id}/messages")
                .asInt()).isEqualTo(1);
        assertThat(counts.at("/faults/reset-before").asInt()).isEqualTo(1);
    }

    @Test
    void aResetForgetsAndCountsAnew() throws IOException {
        caller.conversation("s");
        caller.put("/sandbox/faults", "[{'kind':'limited'}]");

        caller.post("/sandbox/reset", "");

        assertThat(caller.get("/sandbox/calls").at("/calls").size()).isZero();
        assertThat(caller.get("/sandbox/conversations").at("/total").asInt()).isZero();
        assertThat(caller.conversation("t")).isEqualTo(1);
    }

    @Test
    void theLimitOfMessagesIsSwitched() throws IOException {
        caller.conversation("s");
        caller.put("/sandbox/limits", "{'messagesPerMinute':1}");
        caller.post("~/conversations/1/messages", "{'content':'x'}");
        assertThat(caller.post("~/conversations/1/messages", "{'content':'x'}").status()).isEqualTo(422);
        caller.put("/sandbox/limits", "{'messagesPerMinute':null}");
        assertThat(caller.post("~/conversations/1/messages", "{'content':'x'}").status()).isEqualTo(200);
        assertThat(caller.put("/sandbox/limits", "{'messagesPerMinute':0}").status()).isEqualTo(400);
    }

    @Test
    void conversationsAreSeenAsAnAgentSeesThem() throws IOException {
        caller.conversation("a");
        caller.conversation("b");
        caller.post("~/conversations/2/assignments", "{'team_id':2}");
        caller.post("~/conversations/2/messages", "{'content':'hi','message_type':'incoming','source_id':'m:1'}");
        caller.post("~/conversations/2/messages", "{'content':'psst','private':true}");

        Caller.Reply list = caller.get("/sandbox/conversations?team=payments");
        assertThat(list.at("/total").asInt()).isEqualTo(2);
        assertThat(list.at("/teams/payments").asInt()).isEqualTo(1);
        assertThat(list.at("/conversations").size()).isEqualTo(1);
        assertThat(list.at("/conversations/0/preview").asText()).isEqualTo("psst");
        assertThat(caller.get("/sandbox/conversations?source_id=a").at("/conversations/0/id").asInt()).isEqualTo(1);
        assertThat(caller.get("/sandbox/conversations?limit=1").at("/conversations/0/id").asInt()).isEqualTo(2);

        Caller.Reply one = caller.get("/sandbox/conversations/2");
        assertThat(one.at("/contact/identifier").asText()).isEqualTo("b");
        assertThat(one.at("/team").asText()).isEqualTo("payments");
        assertThat(one.at("/messages").findValuesAsText("author")).containsExactly("activity", "activity", "user", "note");
        assertThat(one.at("/messages/2/sourceId").asText()).isEqualTo("m:1");
        assertThat(one.at("/messages/3/private").asBoolean()).isTrue();
        assertThat(caller.get("/sandbox/conversations/3").status()).isEqualTo(404);
    }
}
