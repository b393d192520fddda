package dev.handoff.sandbox;

import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Messages: posted and read. Whatever goes wrong with a post is a 422 with the words of the exception. */
final class MessageApi {

    private static final int LONGEST_TEXT = 20_000;
    private static final int AFTER = 100;
    private static final int BEFORE = 20;
    private static final int BETWEEN = 1000;
    private static final Set<String> CONTENT_TYPES = Set.of("text", "input_text", "input_textarea", "input_email",
            "input_select", "cards", "form", "article", "incoming_email", "input_csat", "integrations", "sticker",
            "voice_call");

    Answer create(Call call) {
        Conversation conversation = call.conversation();
        Contact contact = call.desk().contacts().find(conversation.thread().contact());
        Message message = call.desk().post(conversation, draft(call, call.body(), contact));
        if (message == null) {
            throw Refusal.unprocessable("Validation failed: Too many messages");
        }
        ObjectNode json = ConversationJson.message(call.desk(), conversation, message);
        if (call.text("echo_id") != null) {
            json.put("echo_id", call.text("echo_id"));
        }
        return Answer.ok(json);
    }

    /** The message that the parameters ask for, or the refusal. */
    Desk.Draft draft(Call call, JsonNode message, Contact contact) {
        Call params = new Call(call.desk(), call.user(), Map.of(), Map.of(), message);
        Message.Type type = type(params.text("message_type"));
        if (type == Message.Type.INCOMING && !AccountJson.isApi(call.desk().seed().inbox())) {
            throw Refusal.unprocessable("Incoming messages are only allowed in Api inboxes");
        }
        String content = params.text("content");
        String sourceId = params.text("source_id");
        ObjectNode attributes = params.object("content_attributes");
        if (params.present("external_created_at") != null) {
            attributes.set("external_created_at", params.value("external_created_at"));
        }
        if (hasNul(content) || hasNul(sourceId)) {
            throw Refusal.unprocessable("string contains null byte");
        }
        if (Call.hasNul(attributes)) {
            throw Refusal.unprocessable("PG::UntranslatableCharacter: ERROR:  unsupported Unicode escape sequence");
        }
        requireAtMost(content, call.desk().longestMessage(), "Content");
        requireAtMost(sourceId, LONGEST_TEXT, "Source");
        String contentType = params.present("content_type") == null ? "text" : params.text("content_type");
        if (!CONTENT_TYPES.contains(contentType)) {
            throw Refusal.unprocessable("'" + contentType + "' is not a valid content_type");
        }
        return new Desk.Draft(type, content, contentType, params.flag("private"), sourceId,
                type == Message.Type.OUTGOING ? speaker(params) : Message.Sender.of(contact), attributes);
    }

    private static Message.Type type(String name) {
        if (name == null) {
            return Message.Type.OUTGOING;
        }
        return switch (name) {
            case "incoming" -> Message.Type.INCOMING;
            case "outgoing" -> Message.Type.OUTGOING;
            default -> throw Refusal.unprocessable("'" + name + "' is not a valid message_type");
        };
    }

    /** The bot, if one is named that exists; else who calls. */
    private static Message.Sender speaker(Call params) {
        SandboxSeed.Bot bot = params.desk().seed().bot();
        boolean asBot = "AgentBot".equals(params.text("sender_type")) && bot != null
                && Long.valueOf(bot.id()).equals(params.number("sender_id"));
        return asBot ? Message.Sender.of(bot) : Message.Sender.of(params.user());
    }

    private static boolean hasNul(String text) {
        return text != null && text.indexOf('\0') >= 0;
    }

    private static void requireAtMost(String text, int longest, String label) {
        if (text != null && text.codePointCount(0, text.length()) > longest) {
            throw Refusal.unprocessable("Validation failed: " + label + " is too long (maximum is " + longest
                    + " characters)");
        }
    }

    Answer list(Call call) {
        Conversation conversation = call.conversation();
        Long after = call.number("after");
        Long before = call.number("before");
        List<Message> found = before == null && after == null ? conversation.messages()
                : conversation.between(after == null ? 0 : before == null ? after + 1 : after,
                        before == null ? Long.MAX_VALUE : before);
        if (call.present("filter_internal_messages") != null) {
            found = found.stream().filter(m -> !m.secret() && m.type() != Message.Type.ACTIVITY).toList();
        }
        int size = found.size();
        if (after != null) {
            found = found.subList(0, Math.min(size, before == null ? AFTER : BETWEEN));
        } else {
            found = found.subList(Math.max(0, size - BEFORE), size);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("meta", ConversationJson.messagesMeta(call.desk(), conversation));
        ArrayNode payload = body.putArray("payload");
        found.forEach(message -> payload.add(ConversationJson.message(call.desk(), conversation, message)));
        return Answer.ok(body);
    }
}
