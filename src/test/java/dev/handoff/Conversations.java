package dev.handoff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Conversations to hand over, with the routing table that goes with them: real ones where they are present (system
 * property {@code handoff.data}), else the project's own.
 */
public record Conversations(List<JsonNode> all, JsonNode routing) {

    public static Conversations real() {
        Path folder = Path.of(System.getProperty("handoff.data", "../shared/data"));
        if (Files.isReadable(folder.resolve("conversations.jsonl"))) {
            return read(folder);
        }
        System.out.println("SKIPPED: the real conversations, since " + folder
                + "/conversations.jsonl is not there (-Dhandoff.data=<folder>); the project's own 30 are used instead");
        return own();
    }

    static Conversations own() {
        return read(Path.of("src/test/resources"));
    }

    private static Conversations read(Path folder) {
        try {
            return new Conversations(Files.readAllLines(folder.resolve("conversations.jsonl")).stream()
                    .filter(line -> !line.isBlank()).map(Conversations::parse).toList(),
                    parse(Files.readString(folder.resolve("routing.json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String text) {
        try {
            return Api.JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of the handoff, with its own id as session, user and handoff. */
    public static JsonNode handoff(JsonNode conversation) {
        String id = conversation.path("id").asText();
        var body = Api.JSON.createObjectNode().put("id", "h-" + id).put("wait", 30);
        body.putObject("user").put("id", id).put("name", "User " + id);
        body.set("history", conversation.path("messages"));
        body.set("unfinishedIntents", conversation.path("unfinishedIntents"));
        return body;
    }

    /** What an agent must see: {@code author: text}. */
    public static List<String> lines(JsonNode conversation) {
        return conversation.path("messages").findParents("text").stream()
                .map(message -> message.path("author").asText() + ": " + message.path("text").asText()).toList();
    }

    /** The team by the table, read by the design's words: the first row that has any of the intents. */
    public String team(JsonNode conversation) {
        for (JsonNode row : routing.path("teams")) {
            for (JsonNode pattern : row.path("intents")) {
                for (JsonNode intent : conversation.path("unfinishedIntents")) {
                    String name = intent.asText().toLowerCase();
                    String wanted = pattern.asText().toLowerCase();
                    if (wanted.endsWith(".*") ? name.startsWith(wanted.substring(0, wanted.length() - 1))
                            : name.equals(wanted)) {
                        return row.path("team").asText();
                    }
                }
            }
        }
        return routing.path("default").asText();
    }
}
