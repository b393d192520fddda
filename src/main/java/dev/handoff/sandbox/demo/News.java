package dev.handoff.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;

/** What the demo bot says of an end. */
final class News {

    private News() {
    }

    /** @param closed the entry */
    static String of(JsonNode closed) {
        if (closed.path("side").asText().equals("bot")) {
            return "All right, you are done with my colleagues.";
        }
        String name = closed.path("name").asText("");
        if (!name.isEmpty()) {
            return name + " has closed the conversation.";
        }
        return "My colleagues are done, or could not be reached.";
    }
}
