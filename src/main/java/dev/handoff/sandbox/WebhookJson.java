package dev.handoff.sandbox;

import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How Chatwoot writes a webhook. It shows the state of the moment when it is written, not that of the event. */
final class WebhookJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final ObjectMapper mapper;

    WebhookJson(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    ObjectNode write(Desk desk, Happening happening) {
        Conversation conversation = happening.conversation();
        synchronized (conversation) {
            if (happening.message() != null) {
                return message(desk, conversation, conversation.message(happening.message()))
                        .put("event", happening.event());
            }
            if (happening.typing() != null) {
                return typing(desk, happening);
            }
            ObjectNode json = conversation(desk, conversation).put("event", happening.event());
            if (!happening.event().equals(Happening.CONVERSATION_CREATED)) {
                json.set("changed_attributes", changes(happening.change()));
            }
            return json;
        }
    }

    private static ObjectNode typing(Desk desk, Happening happening) {
        ObjectNode json = JSON.objectNode().put("event", happening.event());
        json.set("user", user(happening.typing().agent()));
        json.set("conversation", conversation(desk, happening.conversation()));
        return json.put("is_private", happening.typing().secret());
    }

    private static ObjectNode user(SandboxSeed.Agent agent) {
        return JSON.objectNode().put("id", agent.id()).put("name", agent.name()).put("email", agent.email())
                .put("type", "user");
    }

    private ArrayNode changes(Happening.Change change) {
        if (change == null) {
            return null;
        }
        ArrayNode changes = JSON.arrayNode();
        ObjectNode values = changes.addObject().putObject(change.attribute());
        values.set("previous_value", mapper.<JsonNode>valueToTree(change.previous()));
        values.set("current_value", mapper.<JsonNode>valueToTree(change.current()));
        return changes;
    }

    private static ObjectNode message(Desk desk, Conversation conversation, Message message) {
        ObjectNode json = JSON.objectNode();
        json.set("account", account(desk));
        json.putObject("additional_attributes");
        json.set("content_attributes", message.contentAttributes());
        json.put("content_type", message.contentType())
                .put("content", message.content());
        json.set("conversation", conversation(desk, conversation));
        json.put("created_at", Desk.MILLIS.format(message.createdAt()))
                .put("id", message.id());
        json.putObject("inbox").put("id", desk.seed().inbox().id()).put("name", desk.seed().inbox().name());
        json.put("message_type", message.type().name().toLowerCase(Locale.ROOT))
                .put("private", message.secret());
        json.set("sender", sender(desk, message.sender()));
        return json.put("source_id", message.sourceId());
    }

    /** A contact has no type here, the others have. */
    private static ObjectNode sender(Desk desk, Message.Sender sender) {
        if (sender == null) {
            return null;
        }
        return switch (sender.kind()) {
            case CONTACT -> {
                ObjectNode contact = ContactJson.sender(desk.contacts().find(sender.id()));
                contact.remove("type");
                contact.set("account", account(desk));
                yield contact.put("avatar", "");
            }
            case AGENT -> user(desk.agent(sender.id()));
            case BOT -> JSON.objectNode().put("id", sender.id()).put("name", sender.name()).put("type", "agent_bot");
        };
    }

    private static ObjectNode conversation(Desk desk, Conversation conversation) {
        ObjectNode json = JSON.objectNode();
        json.set("additional_attributes", conversation.additionalAttributes());
        json.put("can_reply", true)
                .put("channel", desk.seed().inbox().channelType());
        json.putObject("contact_inbox")
                .put("id", conversation.thread().contact())
                .put("contact_id", conversation.thread().contact())
                .put("inbox_id", conversation.thread().inbox())
                .put("source_id", conversation.thread().sourceId())
                .put("hmac_verified", false)
                .put("pubsub_token", "sandbox-" + conversation.uuid());
        json.put("id", conversation.id())
                .put("inbox_id", conversation.thread().inbox());
        ArrayNode messages = json.putArray("messages");
        if (conversation.lastPublic() != null) {
            messages.add(ConversationJson.event(desk, conversation, conversation.lastPublic()));
        }
        conversation.labels().forEach(json.putArray("labels")::add);
        json.set("meta", meta(desk, conversation));
        json.put("status", conversation.status().json());
        json.set("custom_attributes", conversation.customAttributes());
        json.putNull("snoozed_until")
                .put("unread_count", conversation.incoming())
                .put("first_reply_created_at", conversation.firstReplyAt() == null ? null
                        : conversation.firstReplyAt().getEpochSecond())
                .putNull("priority")
                .put("waiting_since", 0)
                .put("agent_last_seen_at", 0)
                .put("contact_last_seen_at", 0)
                .put("last_activity_at", conversation.lastActivityAt().getEpochSecond())
                .put("timestamp", conversation.lastActivityAt().getEpochSecond())
                .put("created_at", conversation.createdAt().getEpochSecond())
                .put("updated_at", conversation.lastActivityAt().toEpochMilli() / 1000.0);
        json.set("account", account(desk));
        return json;
    }

    private static ObjectNode meta(Desk desk, Conversation conversation) {
        ObjectNode meta = JSON.objectNode();
        meta.set("sender", ContactJson.sender(desk.contacts().find(conversation.thread().contact())));
        SandboxSeed.Agent assignee = desk.agent(conversation.assignee());
        meta.set("assignee", assignee == null ? null : ConversationJson.agentSender(assignee));
        meta.put("assignee_type", assignee == null ? null : "User");
        SandboxSeed.Team team = desk.team(conversation.team());
        meta.set("team", team == null ? null : JSON.objectNode().put("id", team.id()).put("name", team.name()));
        return meta.put("hmac_verified", false);
    }

    private static ObjectNode account(Desk desk) {
        return JSON.objectNode().put("id", desk.seed().account()).put("name", "Sandbox");
    }
}
