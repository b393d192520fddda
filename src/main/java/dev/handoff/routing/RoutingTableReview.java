package dev.handoff.routing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import dev.handoff.FieldsRefused.Fault;
import dev.handoff.routing.RoutingTable.Ask;
import dev.handoff.routing.RoutingTable.Row;

/** Reads a table through for what cannot be meant. Teams are not looked up: that needs the support system. */
record RoutingTableReview(RoutingTable table) {

    /** What must be mended before the table can be used. */
    List<Fault> faults() {
        List<Fault> faults = new ArrayList<>();
        if (table.defaultTeam() != null && table.defaultTeam().isBlank()) {
            faults.add(new Fault("/default", "is empty: name a team, or leave it out"));
        }
        for (int i = 0; i < table.teams().size(); i++) {
            row("/teams/" + i, table.teams().get(i), faults);
        }
        Set<String> asked = new HashSet<>();
        for (int i = 0; i < table.ask().size(); i++) {
            ask("/ask/" + i, table.ask().get(i), asked, faults);
        }
        if (faults.isEmpty() && table.askIntent() && table.choices(null).isEmpty()) {
            faults.add(new Fault("/askIntent", "is true, but there is nothing to ask: the rows have no exact intent;"
                    + " name some under ask"));
        }
        return faults;
    }

    /** What works, but hardly as its author thinks; only for a table without faults. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        for (int i = 0; i < table.teams().size(); i++) {
            Row row = table.teams().get(i);
            if (row.intents().isEmpty()) {
                warnings.add(title(i) + " can never win: it has no intents");
                continue;
            }
            List<String> taken = new ArrayList<>();
            for (String intent : row.intents()) {
                int here = i;
                coveredBefore(here, intent).ifPresent(by -> taken.add(intent + " (" + by + ")"));
            }
            if (!taken.isEmpty()) {
                warnings.add(title(i) + (taken.size() == row.intents().size() ? " can never win" : " can never win by some"
                        + " of its intents") + ", because rows before it take them: " + String.join(", ", taken));
            }
        }
        if (table.defaultTeam() == null) {
            warnings.add("there is no default team: what no row has cannot be handed over");
        }
        for (Ask ask : table.ask()) {
            if (table.match(List.of(ask.intent())).isEmpty()) {
                warnings.add("no row has " + ask.intent() + ", which the user is asked for: it goes to the default team");
            }
        }
        return warnings;
    }

    private static void row(String path, Row row, List<Fault> faults) {
        if (row == null || row.team() == null || row.team().isBlank()) {
            faults.add(new Fault(path + "/team", "is empty: write a team's id or name"));
        }
        if (row != null) {
            for (int i = 0; i < row.intents().size(); i++) {
                String fault = new IntentPattern(row.intents().get(i)).fault();
                if (fault != null) {
                    faults.add(new Fault(path + "/intents/" + i, fault));
                }
            }
        }
    }

    private static void ask(String path, Ask ask, Set<String> asked, List<Fault> faults) {
        IntentPattern intent = new IntentPattern(ask == null ? null : ask.intent());
        String fault = intent.fault();
        if (fault == null && intent.isPrefix()) {
            fault = "\"" + intent.written() + "\" is a prefix: a user chooses one intent";
        }
        if (fault == null && !asked.add(intent.written().toLowerCase(Locale.ROOT))) {
            fault = "\"" + intent.written() + "\" is asked a second time: remove it";
        }
        if (fault != null) {
            faults.add(new Fault(path + "/intent", fault));
        }
        if (ask != null) {
            ask.label().forEach((language, label) -> {
                if (label == null || label.isBlank()) {
                    faults.add(new Fault(path + "/label/" + language, "is empty: write how the intent reads, or leave"
                            + " the language out"));
                }
            });
        }
    }

    private Optional<String> coveredBefore(int index, String intent) {
        IntentPattern pattern = new IntentPattern(intent);
        for (int i = 0; i < index; i++) {
            for (String earlier : table.teams().get(i).intents()) {
                if (new IntentPattern(earlier).covers(pattern)) {
                    return Optional.of(earlier + " in row " + (i + 1));
                }
            }
        }
        return Optional.empty();
    }

    private String title(int index) {
        return "row " + (index + 1) + " (" + table.teams().get(index).team() + ")";
    }
}
