package dev.handoff.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.handoff.HandoffProperties;
import dev.handoff.session.Choice;

/**
 * A bot's routing priority. Rows are read from the first to the last: the first one that has any of the unfinished
 * intents wins. {@link RoutingTableReview} says whether a table makes sense.
 *
 * @param defaultTeam id or name of the team that takes what no row has; {@code default} in JSON; null for none
 * @param askIntent   whether a user without unfinished intents is asked what it is about
 * @param teams       the rows
 * @param ask         what the user is asked; empty: the rows' exact names
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RoutingTable(
        @JsonProperty("default") String defaultTeam,
        boolean askIntent,
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Row> teams,
        List<Ask> ask) {

    public RoutingTable {
        teams = listOf(teams);
        ask = listOf(ask);
    }

    /**
     * @param team    its id or name over there; an id goes before a name, names without regard to case
     * @param intents each a name or {@code prefix.*}
     */
    public record Row(String team, List<String> intents) {
        public Row {
            intents = listOf(intents);
        }
    }

    /**
     * One answer to "what is it about?".
     *
     * @param label how it reads, by language (BCP 47)
     */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Ask(String intent, Map<String, String> label) {
        public Ask {
            label = label == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(label));
        }

        String label(String language) {
            return label.isEmpty() ? intent : label.get(Languages.best(language, label.keySet()));
        }
    }

    /** The table as the configuration declares it. */
    static RoutingTable of(HandoffProperties.Routing declared) {
        return new RoutingTable(declared.defaultTeam(), declared.askIntent(),
                declared.teams().stream().map(row -> new Row(row.team(), row.intents())).toList(),
                declared.ask().stream().map(choice -> new Ask(choice.intent(), choice.label())).toList());
    }

    /** The first row that has any of the intents, by the first of them that it has. */
    Optional<Match> match(List<String> intents) {
        for (int i = 0; i < teams.size(); i++) {
            Optional<Match> match = matchRow(i, intents);
            if (match.isPresent()) {
                return match;
            }
        }
        return Optional.empty();
    }

    /** Whether one row has any of the intents, whatever the rows before it have. */
    Optional<Match> matchRow(int index, List<String> intents) {
        Row row = teams.get(index);
        for (String intent : intents) {
            for (String pattern : row.intents()) {
                if (new IntentPattern(pattern).matches(intent)) {
                    return Optional.of(new Match(index + 1, row.team(), pattern, intent));
                }
            }
        }
        return Optional.empty();
    }

    /** What the user may choose from, as it reads in the user's language. */
    List<Choice> choices(String language) {
        return asked().stream().map(asked -> new Choice(asked.intent(), asked.label(language))).toList();
    }

    /** Every team that the table names, by JSON pointer. */
    Map<String, String> teamsByPath() {
        Map<String, String> named = new LinkedHashMap<>();
        if (defaultTeam != null) {
            named.put("/default", defaultTeam);
        }
        for (int i = 0; i < teams.size(); i++) {
            named.put("/teams/" + i + "/team", teams.get(i).team());
        }
        return named;
    }

    private List<Ask> asked() {
        if (!ask.isEmpty()) {
            return ask;
        }
        Map<String, Ask> names = new LinkedHashMap<>();
        teams.stream().flatMap(row -> row.intents().stream())
                .filter(intent -> !new IntentPattern(intent).isPrefix())
                .forEach(intent -> names.putIfAbsent(intent.toLowerCase(Locale.ROOT), new Ask(intent, null)));
        return List.copyOf(names.values());
    }

    /** Not {@code List.copyOf}: JSON may hold a null, which the review is to name. */
    private static <T> List<T> listOf(List<T> list) {
        return list == null ? List.of() : Collections.unmodifiableList(new ArrayList<>(list));
    }
}
