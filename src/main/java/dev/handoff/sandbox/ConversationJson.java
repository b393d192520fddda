package dev.handoff.sandbox;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How Chatwoot writes a conversation and its messages. */
final class ConversationJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Chatwoot does not count further. */
    private static final int MOST_UNREAD = 10;

    private ConversationJson() {
    }

    static ObjectNode conversation(Desk desk, Conversation conversation, SandboxSeed.Agent reader) {
        synchronized (conversation) {
            ObjectNode json = JSON.objectNode();
            json.set("meta", meta(desk, conversation, reader));
            json.put("id", conversation.id());
            ArrayNode messages = json.putArray("messages");
            if (conversation.last() != null) {
                messages.add(event(desk, conversation, conversation.last()));
            }
            json.put("account_id", desk.seed().account())
                    .put("uuid", conversation.uuid());
            json.set("additional_attributes", conversation.additionalAttributes());
            json.put("agent_last_seen_at", 0)
                    .put("assignee_last_seen_at", 0)
                    .put("can_reply", true)
                    .put("contact_last_seen_at", 0);
            json.set("custom_attributes", conversation.customAttributes());
            json.put("inbox_id", conversation.thread().inbox());
            conversation.labels().forEach(json.putArray("labels")::add);
            json.put("muted", false)
                    .putNull("snoozed_until")
                    .put("status", conversation.status().json())
                    .put("created_at", conversation.createdAt().getEpochSecond())
                    .put("updated_at", conversation.lastActivityAt().toEpochMilli() / 1000.0)
                    .put("timestamp", conversation.lastActivityAt().getEpochSecond())
                    .put("first_reply_created_at", seconds(conversation.firstReplyAt()))
                    .put("unread_count", Math.min(MOST_UNREAD, conversation.incoming()));
            json.set("last_non_activity_message", conversation.lastSpoken() == null ? null
                    : event(desk, conversation, conversation.lastSpoken()));
            return json.put("last_activity_at", conversation.lastActivityAt().getEpochSecond())
                    .putNull("priority")
                    .put("waiting_since", 0)
                    .putNull("sla_policy_id");
        }
    }

    private static ObjectNode meta(Desk desk, Conversation conversation, SandboxSeed.Agent reader) {
        ObjectNode meta = JSON.objectNode();
        meta.set("sender", ContactJson.brief(desk.contacts().find(conversation.thread().contact())));
        meta.put("channel", desk.seed().inbox().channelType());
        SandboxSeed.Agent assignee = desk.agent(conversation.assignee());
        if (assignee != null) {
            meta.set("assignee", AccountJson.agent(desk, assignee));
            meta.put("assignee_type", "User");
        }
        SandboxSeed.Team team = desk.team(conversation.team());
        if (team != null) {
            meta.set("team", AccountJson.team(desk, team, reader));
        }
        return meta.put("hmac_verified", false);
    }

    /** The meta of a list of messages. */
    static ObjectNode messagesMeta(Desk desk, Conversation conversation) {
        synchronized (conversation) {
            ObjectNode meta = JSON.objectNode();
            conversation.labels().forEach(meta.putArray("labels")::add);
            meta.set("additional_attributes", conversation.additionalAttributes());
            meta.set("contact", ContactJson.sender(desk.contacts().find(conversation.thread().contact())));
            SandboxSeed.Agent assignee = desk.agent(conversation.assignee());
            if (assignee != null) {
                meta.set("assignee", agentSender(assignee));
            }
            return meta.putNull("agent_last_seen_at").putNull("assignee_last_seen_at");
        }
    }

    static ObjectNode message(Desk desk, Conversation conversation, Message message) {
        ObjectNode json = JSON.objectNode()
                .put("id", message.id())
                .put("content", message.content())
                .put("inbox_id", conversation.thread().inbox())
                .put("conversation_id", conversation.id())
                .put("message_type", message.type().ordinal())
                .put("content_type", message.contentType())
                .put("status", message.failed() ? "failed" : "sent");
        json.set("content_attributes", message.contentAttributes());
        json.put("created_at", message.createdAt().getEpochSecond())
                .put("private", message.secret())
                .put("source_id", message.sourceId());
        if (message.sender() != null) {
            json.set("sender", sender(desk, message.sender()));
        }
        return json;
    }

    /** A message as the conversation around it shows it. */
    static ObjectNode event(Desk desk, Conversation conversation, Message message) {
        ObjectNode json = message(desk, conversation, message)
                .put("account_id", desk.seed().account())
                .put("updated_at", message.createdAt().toString())
                .put("processed_message_content", message.content());
        Message.Sender sender = message.sender();
        json.put("sender_type", sender == null ? null : switch (sender.kind()) {
            case CONTACT -> "Contact";
            case AGENT -> "User";
            case BOT -> "AgentBot";
        });
        json.put("sender_id", sender == null ? null : sender.id());
        json.putObject("external_source_ids");
        json.putObject("additional_attributes");
        json.putObject("sentiment");
        json.putObject("conversation")
                .put("assignee_id", conversation.assignee())
                .put("unread_count", Math.min(MOST_UNREAD, conversation.incoming()))
                .put("last_activity_at", conversation.lastActivityAt().getEpochSecond())
                .putObject("contact_inbox").put("source_id", conversation.thread().sourceId());
        return json;
    }

    private static ObjectNode sender(Desk desk, Message.Sender sender) {
        return switch (sender.kind()) {
            case CONTACT -> ContactJson.sender(desk.contacts().find(sender.id()));
            case AGENT -> agentSender(desk.agent(sender.id()));
            case BOT -> JSON.objectNode().put("id", sender.id()).put("name", sender.name()).put("avatar_url", "")
                    .put("type", "agent_bot");
        };
    }

    static ObjectNode agentSender(SandboxSeed.Agent agent) {
        return JSON.objectNode().put("id", agent.id()).put("name", agent.name()).put("available_name", agent.name())
                .put("avatar_url", "").put("type", "user").put("availability_status", agent.availability())
                .put("thumbnail", "");
    }

    private static long seconds(Instant time) {
        return time == null ? 0 : time.getEpochSecond();
    }
}
