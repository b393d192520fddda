package dev.handoff.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * An HTTP answer.
 *
 * @param body null for none
 */
record Answer(int status, JsonNode body) {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    static Answer empty() {
        return new Answer(200, null);
    }

    /** The shape of most of Chatwoot's refusals. */
    static Answer error(int status, String error) {
        return new Answer(status, JSON.objectNode().put("error", error));
    }

    /** What Rails answers by itself, before or after Chatwoot's own code. */
    static Answer rails(int status, String error) {
        return new Answer(status, JSON.objectNode().put("status", status).put("error", error));
    }

    byte[] bytes(ObjectMapper mapper) {
        if (body == null) {
            return new byte[0];
        }
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot write an answer of the sandbox", e);
        }
    }
}
