package dev.handoff.api;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.handoff.HandoffProperties;

/** A routing table as JSON. */
record RoutingBody(@JsonProperty("default") String defaultTeam, Boolean askIntent, List<Row> teams, List<Choice> ask) {

    record Row(String team, List<String> intents) {
    }

    record Choice(String intent, Map<String, String> label) {
    }

    static RoutingBody of(HandoffProperties.Routing table) {
        return new RoutingBody(table.defaultTeam(), table.askIntent(),
                table.teams().stream().map(row -> new Row(row.team(), row.intents())).toList(),
                table.ask().stream().map(choice -> new Choice(choice.intent(), choice.label())).toList());
    }

    HandoffProperties.Routing table() {
        return new HandoffProperties.Routing(defaultTeam, Boolean.TRUE.equals(askIntent),
                orEmpty(teams).stream().map(row -> new HandoffProperties.Row(row.team(), row.intents())).toList(),
                orEmpty(ask).stream().map(choice -> new HandoffProperties.Choice(choice.intent(),
                        choice.label() == null ? Map.of() : choice.label())).toList());
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : list;
    }
}
