package dev.handoff.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.handoff.conformance.Result.Outcome;

/**
 * What the kit found, for people.
 *
 * @param groups  all groups of the suite, in its order
 * @param remarks what was left out
 */
record ReportCard(String title, String how, List<String> groups, List<Result> results, List<String> remarks) {

    private static final int REQUESTS_SHOWN = 6;
    private static final int PROBLEMS_SHOWN = 4;

    List<Result> failed() {
        return results.stream().filter(Result::failed).toList();
    }

    /** The cases whose recordings have still to be written. */
    List<Result> unrecorded() {
        return results.stream().filter(Result::lacksRecording).toList();
    }

    long count(Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    @Override
    public String toString() {
        StringBuilder card = new StringBuilder("\nConformance of " + title + ", against " + how + "\n");
        remarks.forEach(remark -> card.append(remark).append('\n'));
        card.append('\n');
        Map<String, List<Result>> byGroup = new LinkedHashMap<>();
        groups.forEach(group -> byGroup.put(group, new ArrayList<>()));
        results.forEach(result -> byGroup.get(result.of().group()).add(result));
        byGroup.forEach((group, all) -> line(card, group, all));
        card.append(String.format("%n  %d passed, %d failed, %d not tried, %d cannot be done by the system%n",
                count(Outcome.PASSED), count(Outcome.FAILED), count(Outcome.NOT_TRIED), count(Outcome.CANNOT)));
        missing(card, unrecorded());
        failed().stream().filter(result -> !result.lacksRecording()).forEach(result -> failure(card, result));
        return card.toString();
    }

    private static void line(StringBuilder card, String group, List<Result> all) {
        if (all.isEmpty()) {
            card.append(String.format("  %-14s not declared%n", group));
            return;
        }
        long passed = all.stream().filter(result -> result.outcome() == Outcome.PASSED).count();
        card.append(String.format("  %-14s %2d of %d", group, passed, all.size()));
        List<String> failed = all.stream().filter(Result::failed).map(Result::name).toList();
        card.append(failed.isEmpty() ? "" : "   FAILED: " + String.join(", ", failed)).append('\n');
        all.stream().filter(result -> result.outcome() == Outcome.NOT_TRIED || result.outcome() == Outcome.CANNOT)
                .forEach(result -> card.append(String.format("  %-14s   %s: %s%s%n", "", result.name(),
                        result.outcome() == Outcome.CANNOT ? "cannot, " : "not tried, ", result.words())));
    }

    private static void missing(StringBuilder card, List<Result> unrecorded) {
        if (unrecorded.isEmpty()) {
            return;
        }
        card.append("\nMISSING ").append(unrecorded.size())
                .append(" recordings: write them; the format and the inputs of each case stand in ")
                .append(Account.FILES).append("/README.md\n");
        unrecorded.forEach(result -> card.append("  ").append(result.recording()).append('\n'));
    }

    static void failure(StringBuilder card, Result result) {
        card.append("\nFAILED ").append(result.name()).append('\n');
        if (result.route() != null) {
            card.append("  file      ").append(result.route()).append('\n');
        }
        if (result.recording() != null) {
            card.append("  recording ").append(result.recording()).append('\n');
        }
        result.sent().stream().limit(REQUESTS_SHOWN)
                .forEach(sent -> card.append("  sent      ").append(sent).append('\n'));
        if (result.sent().size() > REQUESTS_SHOWN) {
            card.append("            … and ").append(result.sent().size() - REQUESTS_SHOWN).append(" more\n");
        }
        result.problems().stream().limit(PROBLEMS_SHOWN).forEach(problem -> card
                .append("  expected  ").append(problem.getMessage()).append('\n')
                .append("  found     ").append(problem.got()).append('\n')
                .append("  mend      ").append(problem.mend()).append('\n'));
        if (result.problems().size() > PROBLEMS_SHOWN) {
            card.append("            … and ").append(result.problems().size() - PROBLEMS_SHOWN).append(" more\n");
        }
    }
}
