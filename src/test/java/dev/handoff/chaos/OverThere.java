package dev.handoff.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import dev.handoff.chaos.Desk.Conversation;
import dev.handoff.chaos.Dialogue.Handoff;
import dev.handoff.chaos.Dialogue.Line;
import dev.handoff.chaos.Findings.Breach;

/** Compares what agents see of one session with what the bot was answered. */
final class OverThere {

    private static final String TAKEN_BACK = "The bot has taken the conversation back";
    /** How soon after a pause a process sends what it was about to send. */
    private static final Duration BELATED = Duration.ofSeconds(3);

    private final Dialogue dialogue;
    private final List<Conversation> conversations;
    private final List<Instant> pausesEnded;
    private final Findings findings;

    OverThere(Dialogue dialogue, List<Conversation> conversations, List<Instant> pausesEnded, Findings findings) {
        this.dialogue = dialogue;
        this.conversations = conversations;
        this.pausesEnded = pausesEnded;
        this.findings = findings;
    }

    /**
     * @param current   the conversation that the session is in, as the bot is told; null: none
     * @param elsewhere handoffs that were answered in another conversation than their own
     */
    void inspect(String control, String current, Set<String> elsewhere) {
        lines();
        handoffs(elsewhere);
        masters();
        standing(control, current);
    }

    /** Each accepted line once, in order, by its author; nothing else. What agents never got is there elsewhere too. */
    private void lines() {
        List<Line> accepted = dialogue.accepted();
        Map<String, Line> byText = accepted.stream().collect(Collectors.toMap(Line::text, Function.identity()));
        Map<String, Desk.Line> there = new LinkedHashMap<>();
        for (Desk.Line line : all()) {
            Line known = byText.get(line.text());
            if (known == null) {
                if (isOurs(line)) {
                    findings.add(Breach.FOREIGN, dialogue.session() + ": " + line);
                }
                continue;
            }
            Desk.Line before = there.putIfAbsent(known.text(), line);
            if (before != null && !isLeft(before) && !isLeft(line)) {
                twice(line);
            }
            if (!line.author().equals(known.late() ? "note" : known.author())) {
                findings.add(Breach.AUTHOR, known + " as " + line.author());
            }
        }
        accepted.stream().filter(line -> !there.containsKey(line.text()))
                .forEach(line -> findings.add(Breach.LOST, line + " of " + dialogue.session()));
        List<String> expected = accepted.stream().map(Line::text).filter(there::containsKey).toList();
        List<String> found = List.copyOf(there.keySet());
        if (!expected.equals(found)) {
            findings.add(Breach.DISORDER, difference(expected, found));
        }
    }

    private boolean isLeft(Desk.Line line) {
        return conversations.stream().anyMatch(one -> one.isAbandoned() && one.lines().contains(line));
    }

    private List<Desk.Line> all() {
        return conversations.stream().flatMap(one -> one.lines().stream())
                .sorted(Comparator.comparing(Desk.Line::id)).toList();
    }

    private void twice(Desk.Line again) {
        if (pausesEnded.stream().anyMatch(end -> again.at().isAfter(end) && again.at().isBefore(end.plus(BELATED)))) {
            findings.excuse();
        } else {
            findings.add(Breach.TWICE, again.text() + " in " + conversations.stream()
                    .filter(one -> one.lines().stream().anyMatch(line -> line.text().equals(again.text())))
                    .map(one -> one.id() + " (" + one.status() + ")").toList() + ", again at " + again.at());
        }
    }

    static String difference(List<String> expected, List<String> found) {
        int i = 0;
        while (i < Math.min(expected.size(), found.size()) && expected.get(i).equals(found.get(i))) {
            i++;
        }
        return "after " + i + ": awaited " + expected.subList(i, Math.min(expected.size(), i + 3)) + ", came "
                + found.subList(i, Math.min(found.size(), i + 3));
    }

    private static boolean isOurs(Desk.Line line) {
        return switch (line.author()) {
            case "user", "bot" -> true;
            case "note" -> !line.text().startsWith(Staff.SECRET) && !line.text().startsWith(TAKEN_BACK)
                    && !line.text().startsWith(Desk.ABANDONED);
            default -> false;
        };
    }

    /**
     * A conversation for each handoff that an answer was about, with its team; one that was begun by a call without
     * an answer may be there too. Of one that was answered elsewhere there may be what is left of it.
     */
    private void handoffs(Set<String> elsewhere) {
        List<Conversation> left = new ArrayList<>(conversations);
        for (Handoff handoff : dialogue.handoffs()) {
            if (elsewhere.contains(handoff.id())) {
                left.stream().limit(1).filter(Conversation::isAbandoned).toList().forEach(left::remove);
                continue;
            }
            boolean there = !left.isEmpty() && handoff.team().equalsIgnoreCase(left.get(0).team());
            if (there && (handoff.begun() || handoff.unknown())) {
                left.remove(0);
            } else if (handoff.begun()) {
                findings.add(left.isEmpty() || left.get(0).team() == null ? Breach.UNFULFILLED : Breach.TEAM,
                        dialogue.session() + ": " + handoff + ", but " + left.stream().map(one -> one.id() + " of "
                                + one.team()).toList());
                return;
            }
        }
        left.forEach(one -> findings.add(Breach.EXTRA, dialogue.session() + ": " + one.id() + " of " + one.team()));
    }

    /**
     * In one epoch one has control; once agents have a conversation, nothing comes there as the bot's own, but what it
     * said when it had taken the session back: an agent may have answered after that, before it was closed.
     */
    private void masters() {
        dialogue.contradictions().forEach(one -> findings.add(Breach.TWO_MASTERS, one));
        Set<String> back = dialogue.accepted().stream().filter(Line::back).map(Line::text).collect(Collectors.toSet());
        for (Conversation conversation : conversations) {
            boolean opened = false;
            boolean resolved = false;
            for (Desk.Line line : conversation.lines()) {
                opened |= line.text().startsWith("Conversation was reopened");
                resolved |= line.text().startsWith("Conversation was marked resolved");
                // After that an agent may have taken it up again, and gets what was said in between.
                if (opened && !resolved && line.author().equals("bot") && !back.contains(line.text())) {
                    findings.add(Breach.TWO_MASTERS, line + " in " + conversation.id());
                }
            }
        }
    }

    /** Whom the user talks to: agents who see an open conversation, or the bot. */
    private void standing(String control, String current) {
        if (!control.equals("bot") && conversations.stream().noneMatch(one -> String.valueOf(one.id()).equals(current))) {
            findings.add(Breach.STRANDED, dialogue.session() + ": control " + control + ", but no conversation");
        }
        for (Conversation one : conversations) {
            boolean people = String.valueOf(one.id()).equals(current) && !control.equals("bot");
            if (one.isOpen() != people) {
                findings.add(Breach.STRANDED, dialogue.session() + ": control " + control + " in " + current
                        + ", but conversation " + one.id() + " is " + one.status());
            }
            if (people && one.assignee() != null && !control.equals("agent")) {
                findings.add(Breach.STRANDED, dialogue.session() + ": agent " + one.assignee() + " has "
                        + one.id() + ", but control is " + control);
            }
        }
    }

    /** How long people waited for what they were to get, at most, since the last of these moments before it came. */
    Duration recovery(List<Instant> moments) {
        Map<String, Instant> there = all().stream()
                .collect(Collectors.toMap(Desk.Line::text, Desk.Line::at, (first, second) -> first));
        Duration longest = Duration.ZERO;
        for (Line line : dialogue.accepted()) {
            Instant came = there.get(line.text());
            Instant last = came == null || !line.live() ? null
                    : moments.stream().filter(came::isAfter).max(Comparator.naturalOrder()).orElse(null);
            if (last != null && line.at().isBefore(last)) {
                Duration took = Duration.between(last, came);
                longest = took.compareTo(longest) > 0 ? took : longest;
            }
        }
        return longest;
    }
}
