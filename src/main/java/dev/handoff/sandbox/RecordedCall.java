package dev.handoff.sandbox;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A call that the sandbox has answered, as it would be without a fault.
 *
 * @param template the route's path, with the variables as Chatwoot's published description names them; the path
 *                 itself if there is no such route
 * @param query    the parameters behind the question mark
 * @param request  the body; an empty object if there was none
 * @param response null if it was empty
 */
public record RecordedCall(String method, String template, Map<String, String> query, JsonNode request, int status,
        JsonNode response) {
}
