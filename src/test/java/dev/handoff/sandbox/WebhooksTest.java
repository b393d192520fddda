package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import dev.handoff.sandbox.WebhookReceiver.Received;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhooksTest {

    private static final String SECRET = "wh-secret";
    private static final long ADA = 2;
    private static final long BEN = 3;
    private static final long TRAVEL = 4;

    private WebhookReceiver receiver;
    private SandboxServer server;
    private Caller caller;

    @BeforeEach
    void start() throws IOException {
        receiver = new WebhookReceiver();
        server = new SandboxServer(0);
        server.start();
        caller = Caller.of(server);
    }

    @AfterEach
    void stop() {
        server.stop();
        receiver.close();
    }

    @Test
    void aDeliveryIsSignedOverTimeStampAndBody() throws Exception {
        long conversation = caller.conversation("s1");
        server.webhooks().account(receiver.url(), SECRET, "message_created");
        server.agents().reply(conversation, ADA, "שלום 👋");

        Received hook = receiver.await(1).get(0);
        String timestamp = hook.header("X-Chatwoot-Timestamp");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        mac.update((timestamp + ".").getBytes(StandardCharsets.UTF_8));
        assertThat(hook.header("X-Chatwoot-Signature"))
                .isEqualTo("sha256=" + HexFormat.of().formatHex(mac.doFinal(hook.raw())));
        assertThat(Instant.ofEpochSecond(Long.parseLong(timestamp)))
                .isBetween(Instant.now().minusSeconds(20), Instant.now().plusSeconds(1));
        assertThat(hook.header("X-Chatwoot-Delivery")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(hook.text()).isEqualTo("שלום 👋");
    }

    @Test
    void withoutASecretNothingIsSigned() throws IOException {
        server.webhooks().account(receiver.url(), null);
        caller.conversation("s1");
        assertThat(receiver.await(1).get(0).headers()).doesNotContainKeys("X-chatwoot-signature",
                "X-chatwoot-timestamp");
    }

    @Test
    void everythingThatAgentsDoIsToldInChatwootsForm() throws IOException {
        server.webhooks().inbox(receiver.url(), SECRET);
        long conversation = caller.conversation("s1");
        caller.post("~/conversations/" + conversation + "/messages",
                "{'content':'Hello','message_type':'incoming','source_id':'m1'}");
        Agents agents = server.agents();
        agents.team(conversation, TRAVEL);
        agents.assign(conversation, ADA);
        agents.typing(conversation, ADA, true);
        agents.typing(conversation, ADA, false);
        agents.note(conversation, ADA, "to myself");
        agents.reply(conversation, ADA, "Good morning");
        agents.replyFromPhone(conversation, "from the phone");
        long deleted = agents.template(conversation, "We are closed");
        agents.delete(conversation, deleted);
        agents.labels(conversation, List.of("vip"));
        agents.snooze(conversation, ADA);
        agents.pending(conversation, ADA);
        agents.open(conversation, BEN);
        agents.resolve(conversation, BEN);
        agents.rate(conversation, 4, "quick");

        List<Received> all = receiver.await(25);
        assertThat(receiver.breaches()).isEmpty();
        assertThat(all).extracting(Received::event).containsExactly(
                "conversation_created", "message_created",
                "conversation_updated", "conversation_updated",
                "conversation_updated",
                "conversation_typing_on", "conversation_typing_off",
                "message_created",
                "message_created", "conversation_updated",
                "message_created", "message_created", "message_updated",
                "conversation_updated",
                "conversation_status_changed", "conversation_updated",
                "conversation_status_changed", "conversation_updated",
                "conversation_status_changed", "conversation_updated", "conversation_updated",
                "conversation_status_changed", "conversation_updated",
                "message_created", "message_updated");
    }

    @Test
    void whoSpeaksCanBeToldByTheSender() throws IOException {
        long conversation = caller.conversation("s1");
        server.webhooks().account(receiver.url(), SECRET, "message_created");
        String path = "~/conversations/" + conversation + "/messages";
        caller.post(path, "{'content':'of the contact','message_type':'incoming'}");
        caller.post(path, "{'content':'of the bot','sender_type':'AgentBot','sender_id':1,'source_id':'gw:7'}");
        server.agents().reply(conversation, ADA, "of an agent");
        server.agents().replyFromPhone(conversation, "of somebody");
        server.agents().template(conversation, "of nobody");
        server.agents().note(conversation, ADA, "private");

        List<Received> all = receiver.await(6);
        assertThat(all).extracting(hook -> hook.json().path("message_type").asText() + "/"
                        + hook.json().path("sender").path("type").asText("none") + "/"
                        + hook.json().path("private").asBoolean())
                .containsExactly("incoming/none/false", "outgoing/agent_bot/false", "outgoing/user/false",
                        "outgoing/none/false", "template/none/false", "outgoing/user/true");
        assertThat(all.get(0).json().path("sender").isNull()).isFalse();
        assertThat(all.get(1).json().path("source_id").asText()).isEqualTo("gw:7");
        assertThat(all.get(3).json().path("sender").isNull()).isTrue();
        assertThat(all.get(5).json().at("/conversation/messages/0/content").asText())
                .as("a private note is not among the conversation's messages").isEqualTo("of nobody");
    }

    @Test
    void aChangeTellsBothValuesExceptOfTheStatusEvent() throws IOException {
        long conversation = caller.conversation("s1");
        server.agents().assign(conversation, ADA);
        server.webhooks().account(receiver.url(), SECRET);
        server.agents().assign(conversation, null);
        server.agents().resolve(conversation, BEN);

        List<Received> all = receiver.await(3);
        assertThat(all.get(0).json().at("/changed_attributes/0/assignee_id/previous_value").asLong()).isEqualTo(ADA);
        assertThat(all.get(0).json().at("/changed_attributes/0/assignee_id/current_value").isNull()).isTrue();
        assertThat(all.get(1).json().path("changed_attributes").isNull()).isTrue();
        assertThat(all.get(1).json().path("status").asText()).isEqualTo("resolved");
        assertThat(all.get(2).json().at("/changed_attributes/0/status/previous_value").asText()).isEqualTo("open");
    }

    @Test
    void accountAndInboxAreToldWithDeliveriesOfTheirOwn() throws IOException {
        server.webhooks().account(receiver.url(), SECRET, "conversation_created");
        server.webhooks().inbox(receiver.url(), SECRET);
        caller.conversation("s1");

        assertThat(receiver.await(2)).extracting(hook -> hook.header("X-Chatwoot-Delivery")).doesNotHaveDuplicates();
    }

    @Test
    void aReceiverThatHangsHoldsUpNoCall() throws IOException {
        CountDownLatch gate = receiver.hang();
        server.webhooks().inbox(receiver.url(), SECRET);
        long conversation = caller.conversation("s1");
        receiver.await(1);

        Instant before = Instant.now();
        server.agents().reply(conversation, ADA, "one");
        assertThat(caller.get("~/conversations/" + conversation + "/messages").at("/payload/0/content").asText())
                .isEqualTo("one");
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(2));
        gate.countDown();
        assertThat(receiver.await(2).get(1).text()).isEqualTo("one");
    }

    @Test
    void aMessageThatTheInboxsAddressRefusesIsMarkedAsFailedAndNotSentAgain() throws IOException {
        long conversation = caller.conversation("s1");
        receiver.answer(500);
        server.webhooks().inbox(receiver.url(), SECRET);
        server.agents().reply(conversation, ADA, "lost");

        await().atMost(Duration.ofSeconds(5)).until(() -> caller.get("~/conversations/" + conversation + "/messages")
                .at("/payload/0/status").asText().equals("failed"));
        // That it is the first reply is told too.
        assertThat(receiver.await(3)).extracting(Received::event)
                .containsExactly("message_created", "conversation_updated", "message_updated");
    }

    @Test
    void deliveriesCanBeDroppedAndDoubled() throws IOException {
        long conversation = caller.conversation("s1");
        server.webhooks().account(receiver.url(), SECRET, "message_created");
        server.webhooks().faults(WebhookFaults.NONE.dropped(1));
        server.agents().reply(conversation, ADA, "dropped");
        server.webhooks().faults(WebhookFaults.NONE.repeated(1).sentAgain(1));
        server.agents().reply(conversation, ADA, "three times");
        server.webhooks().faults(WebhookFaults.NONE);
        server.agents().reply(conversation, ADA, "once");

        List<Received> all = receiver.await(4);
        assertThat(all).extracting(Received::text)
                .containsExactly("three times", "three times", "three times", "once");
        assertThat(all.subList(0, 3)).extracting(hook -> hook.header("X-Chatwoot-Delivery"))
                .satisfies(ids -> assertThat(ids.get(1)).isEqualTo(ids.get(0)))
                .satisfies(ids -> assertThat(ids.get(2)).isNotEqualTo(ids.get(0)));
    }

    @Test
    void deliveriesCanBeLateAndSwapped() throws IOException {
        long conversation = caller.conversation("s1");
        server.webhooks().account(receiver.url(), SECRET, "message_created");
        server.webhooks().faults(WebhookFaults.NONE.delayed(1, Duration.ofMillis(300)));
        server.agents().reply(conversation, ADA, "late");
        server.webhooks().faults(WebhookFaults.NONE.swapped(1));
        server.agents().reply(conversation, ADA, "one");
        server.agents().reply(conversation, ADA, "two");

        assertThat(receiver.await(3)).extracting(Received::text).containsExactly("two", "one", "late");
    }

    @Test
    void aSwappedDeliveryThatNothingFollowsIsSentAllTheSame() throws IOException {
        long conversation = caller.conversation("s1");
        server.webhooks().account(receiver.url(), SECRET, "message_created");
        server.webhooks().faults(WebhookFaults.NONE.swapped(1));
        server.agents().reply(conversation, ADA, "alone");
        assertThat(receiver.await(1)).extracting(Received::text).containsExactly("alone");
    }

    @Test
    void anotherProcessCanSetThemUp() throws IOException {
        long conversation = caller.conversation("s1");
        assertThat(caller.post("/sandbox/webhooks", "{'url':'" + receiver.url() + "','secret':'s','inbox':true}")
                .status()).isEqualTo(200);
        assertThat(caller.get("~/inboxes/1").at("/webhook_url").asText()).isEqualTo(receiver.url());
        assertThat(caller.put("/sandbox/webhook-faults", "{'late':1,'lateness':0.1}").at("/lateness").asDouble())
                .isEqualTo(0.1);
        assertThat(caller.put("/sandbox/webhook-faults", "{'drop':2}").status()).isEqualTo(400);
        caller.post("/sandbox/conversations/" + conversation + "/reply", "{'agent':2,'text':'Hello'}");
        assertThat(receiver.await(1).get(0).text()).isEqualTo("Hello");
        assertThat(caller.post("/sandbox/conversations/" + conversation + "/reply", "{'text':'Hello'}").status())
                .isEqualTo(400);
        assertThat(caller.call("DELETE", "/sandbox/webhooks", null).status()).isEqualTo(200);
        assertThat(caller.get("~/inboxes/1").at("/webhook_url").isNull()).isTrue();
    }
}
