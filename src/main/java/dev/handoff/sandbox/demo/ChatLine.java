package dev.handoff.sandbox.demo;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;

/**
 * An entry of the log as the user of the demo bot sees it.
 *
 * @param kind   {@code message}, or an event's kind
 * @param author {@code user}, {@code bot} or {@code agent}; of an event {@code system} too
 * @param name   of the person
 * @param team   the team's name, of a handoff and an assignment
 * @param of     of {@code undelivered}: the message
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ChatLine(long seq, String kind, String author, String name, String text, List<String> choices, String team,
        String reason, Long of, String at) {

    private static final Set<String> EVENTS = Set.of("handoff", "assigned", "joined", "left", "closed", "undelivered");

    /** Empty for what is not for users: notes, and what the bot said while people were in charge. */
    static Optional<ChatLine> of(JsonNode entry) {
        String kind = entry.path("kind").asText();
        boolean said = kind.equals("message") && !entry.path("late").asBoolean();
        if (!said && !EVENTS.contains(kind)) {
            return Optional.empty();
        }
        return Optional.of(new ChatLine(entry.path("seq").asLong(), kind, entry.path("author").asText(),
                text(entry, "/name"), text(entry, "/text"), choices(entry.path("choices")), text(entry, "/team/name"),
                text(entry, "/reason"), entry.has("of") ? entry.path("of").asLong() : null, text(entry, "/at")));
    }

    private static String text(JsonNode entry, String pointer) {
        JsonNode value = entry.at(pointer);
        return value.isTextual() ? value.asText() : null;
    }

    private static List<String> choices(JsonNode choices) {
        return choices.isEmpty() ? null
                : StreamSupport.stream(choices.spliterator(), false).map(JsonNode::asText).toList();
    }
}
