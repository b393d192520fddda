package dev.handoff.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** The support system's conversations, read over HTTP as agents see them; what has not changed is not read again. */
final class Desk {

    /** @param author {@code user}, {@code bot}, {@code agent}, {@code note}, {@code template} or {@code activity} */
    record Line(long id, String author, String text, Instant at) {
    }

    record Conversation(long id, String user, String status, String team, Long assignee, List<Line> lines) {

        boolean isOpen() {
            return status.equals("open");
        }

        /** Whether agents were told that it is nobody's any more. */
        boolean isAbandoned() {
            return lines.stream().anyMatch(line -> line.text().startsWith(ABANDONED));
        }
    }

    static final String ABANDONED = "This conversation is not with this team any more";

    private record Known(JsonNode summary, Conversation conversation) {
    }

    private final SandboxProcess sandbox;
    private final Map<Long, Known> known = new HashMap<>();

    Desk(SandboxProcess sandbox) {
        this.sandbox = sandbox;
    }

    /** All of them, in the order in which they were made, by the user's id. */
    Map<String, List<Conversation>> read() {
        Map<String, List<Conversation>> byUser = new HashMap<>();
        for (JsonNode summary : sandbox.conversations()) {
            Known one = known.compute(summary.path("id").asLong(), (id, before) ->
                    before != null && before.summary().equals(summary) ? before
                            : new Known(summary, conversation(sandbox.conversation(id))));
            byUser.computeIfAbsent(one.conversation().user(), user -> new ArrayList<>()).add(one.conversation());
        }
        byUser.values().forEach(all -> all.sort(Comparator.comparing(Conversation::id)));
        return byUser;
    }

    private static Conversation conversation(JsonNode json) {
        List<Line> lines = StreamSupport.stream(json.path("messages").spliterator(), false)
                .map(line -> new Line(line.path("id").asLong(), line.path("author").asText(),
                        // History of long ago begins with its time.
                        line.path("content").asText().replaceFirst("^\\[\\d+ \\w+ \\d+, \\d+:\\d+ UTC] ", ""),
                        Instant.parse(line.path("createdAt").asText())))
                .toList();
        return new Conversation(json.path("id").asLong(),
                json.path("contact").path("identifier").asText().replaceFirst("^.*:", ""),
                json.path("status").asText(), json.path("team").isTextual() ? json.path("team").asText() : null,
                json.path("assigneeId").isNumber() ? json.path("assigneeId").asLong() : null, lines);
    }
}
