package dev.handoff.sandbox;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One call, with its parameters as Rails sees them: path over body over query, and values turned into what the column
 * holds, so that a number may come as text and text as a number.
 *
 * @param user who calls; null where no token is asked for
 */
record Call(Desk desk, SandboxSeed.Agent user, Map<String, String> path, Map<String, String> query, JsonNode body) {

    boolean has(String name) {
        return path.containsKey(name) || body.has(name) || query.containsKey(name);
    }

    /** The value as JSON; a null node if there is none. */
    JsonNode value(String name) {
        if (path.containsKey(name)) {
            return JsonNodeFactory.instance.textNode(path.get(name));
        }
        if (body.has(name)) {
            return body.get(name);
        }
        return query.containsKey(name) ? JsonNodeFactory.instance.textNode(query.get(name)) : NullNode.getInstance();
    }

    /** Null if absent. */
    String text(String name) {
        JsonNode value = value(name);
        return value.isNull() ? null : value.asText(value.toString());
    }

    /** Null if absent or blank. */
    String present(String name) {
        String text = text(name);
        return text == null || text.isBlank() ? null : text;
    }

    /** Null if absent or not a whole number. */
    Long number(String name) {
        String text = text(name);
        return text != null && text.matches("\\d{1,18}") ? Long.valueOf(text) : null;
    }

    boolean flag(String name) {
        return "true".equals(text(name)) || "1".equals(text(name));
    }

    /** An own copy; empty if absent or no object. */
    ObjectNode object(String name) {
        return value(name) instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
    }

    /** PostgreSQL stores no NUL character; outside of messages nobody handles the exception. */
    void refuseNul() {
        if (hasNul(body)) {
            throw Refusal.crash();
        }
    }

    static boolean hasNul(JsonNode node) {
        if (node.isTextual()) {
            return node.textValue().indexOf('\0') >= 0;
        }
        for (JsonNode child : node) {
            if (hasNul(child)) {
                return true;
            }
        }
        return false;
    }

    Conversation conversation() {
        Conversation conversation = desk.conversation(number("conversation_id"));
        if (conversation == null) {
            throw Refusal.notFound();
        }
        return conversation;
    }
}
