package dev.handoff.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.Api;
import dev.handoff.chaos.Dialogue.Line;
import dev.handoff.chaos.Findings.Breach;
import dev.handoff.sandbox.AgentView;
import dev.handoff.sandbox.AgentView.Author;
import dev.handoff.sandbox.SandboxServer;

/** Looks from outside at one session: at the desk, in the log, and at what the bot was told. */
final class Inspection {

    private static final String TAKEN_BACK = "The bot has taken the conversation back";
    private static final int PAGE = 1000;

    private final Dialogue dialogue;
    private final List<AgentView.Detail> conversations;
    private final Staff staff;
    private final Findings findings;

    private Inspection(Dialogue dialogue, List<AgentView.Detail> conversations, Staff staff, Findings findings) {
        this.dialogue = dialogue;
        this.conversations = conversations;
        this.staff = staff;
        this.findings = findings;
    }

    static Findings of(List<Dialogue> dialogues, SandboxServer desk, Staff staff, RecordingBot told,
            PostingBot posting, Api api) {
        Findings findings = new Findings();
        Map<String, List<AgentView.Detail>> theirs = desk.view().all().stream().collect(
                Collectors.groupingBy(one -> one.contact().identifier().replaceFirst("^.*:", "")));
        for (Dialogue dialogue : dialogues) {
            Inspection inspection = new Inspection(dialogue, theirs.getOrDefault(dialogue.session(), List.of()),
                    staff, findings);
            List<JsonNode> log = log(api, dialogue.session());
            inspection.overThere();
            inspection.conversations(log, api.session(dialogue.session()).body());
            inspection.bot(log);
            inspection.callback(log, told.taken(dialogue.session()));
        }
        posting.refused().forEach(call -> findings.add(Breach.REFUSED, call));
        for (int i = 0; i < told.forged(); i++) {
            findings.add(Breach.FORGED, "a call of the callback");
        }
        return findings;
    }

    private static List<JsonNode> log(Api api, String session) {
        List<JsonNode> all = new ArrayList<>();
        int before;
        do {
            before = all.size();
            long after = before == 0 ? 0 : all.get(before - 1).path("seq").asLong();
            api.get("/sessions/" + session + "/log?after=" + after + "&limit=" + PAGE).body().path("entries")
                    .forEach(all::add);
        } while (all.size() > before);
        return all;
    }

    private void overThere() {
        List<Line> accepted = dialogue.accepted();
        Map<String, Line> byText = accepted.stream().collect(Collectors.toMap(Line::text, Function.identity()));
        List<AgentView.Line> lines = conversations.stream().flatMap(one -> one.messages().stream())
                .sorted(Comparator.comparing(AgentView.Line::id)).toList();
        Set<String> there = new LinkedHashSet<>();
        for (AgentView.Line line : lines) {
            Line known = byText.get(line.content());
            if (known != null) {
                if (!there.add(known.text())) {
                    findings.add(Breach.TWICE, known.text() + " in " + where(known.text()));
                }
                if (line.author() != (known.late() ? Author.NOTE : Author.valueOf(known.author().toUpperCase()))) {
                    findings.add(Breach.AUTHOR, known + " as " + line.author());
                }
            } else if (isOurs(line)) {
                findings.add(Breach.FOREIGN, line.author() + " " + line.content());
            }
        }
        accepted.stream().filter(line -> !there.contains(line.text()))
                .forEach(line -> findings.add(Breach.LOST, line.toString()));
        List<String> expected = accepted.stream().map(Line::text).filter(there::contains).toList();
        if (!expected.equals(List.copyOf(there))) {
            findings.add(Breach.DISORDER, dialogue.session() + " " + firstDifference(expected, List.copyOf(there)));
        }
    }

    private String where(String text) {
        return conversations.stream().filter(one -> one.messages().stream()
                        .anyMatch(line -> text.equals(line.content())))
                .map(one -> one.id() + " (" + one.status() + ")").toList().toString();
    }

    private static String firstDifference(List<String> expected, List<String> found) {
        int i = 0;
        while (expected.get(i).equals(found.get(i))) {
            i++;
        }
        return expected.get(i) + " was awaited, but " + found.get(i) + " came";
    }

    private static boolean isOurs(AgentView.Line line) {
        return switch (line.author()) {
            case USER, BOT -> true;
            case NOTE -> !line.content().startsWith(Staff.SECRET) && !line.content().startsWith(TAKEN_BACK);
            default -> false;
        };
    }

    /** One conversation for each handoff, with its team; control and the last one's status agree. */
    private void conversations(List<JsonNode> log, JsonNode state) {
        List<String> teams = new ArrayList<>();
        for (JsonNode entry : log) {
            if (entry.path("kind").asText().equals("handoff")) {
                String asked = dialogue.handoffs().get(entry.path("id").asText());
                teams.add(asked);
                if (asked == null) {
                    findings.add(Breach.FOREIGN, entry.toString());
                }
            }
        }
        if (conversations.size() > teams.size()) {
            findings.add(Breach.EXTRA, dialogue.session() + ": " + conversations.size() + " for " + teams.size()
                    + " handoffs");
        } else if (conversations.size() < teams.size()) {
            findings.add(Breach.STRANDED, dialogue.session() + ": " + conversations.size() + " conversations for "
                    + teams.size() + " handoffs; " + state + '\n' + shape(log));
        } else {
            for (int i = 0; i < teams.size(); i++) {
                if (!String.valueOf(teams.get(i)).equalsIgnoreCase(conversations.get(i).team())) {
                    findings.add(Breach.TEAM, dialogue.session() + ": " + conversations.get(i).team() + " for "
                            + teams.get(i));
                }
            }
        }
        for (AgentView.Detail one : conversations) {
            boolean last = one == conversations.get(conversations.size() - 1);
            boolean people = last && !state.path("control").asText().equals("bot");
            if (one.status().equals("open") != people) {
                findings.add(Breach.STRANDED, dialogue.session() + ": control " + state.path("control").asText()
                        + ", but conversation " + one.id() + (last ? ", the last," : "") + " is " + one.status());
            }
            if (people && one.assigneeId() != null && !state.path("control").asText().equals("agent")) {
                findings.add(Breach.STRANDED, dialogue.session() + ": " + one.assignee() + " has it, but control is "
                        + state.path("control").asText());
            }
        }
        if (state.path("undelivered").asInt() > 0 || state.path("undelivered").size() > 0) {
            findings.add(Breach.LOST, dialogue.session() + " undelivered: " + state.path("undelivered"));
        }
    }

    /** What happened in the session, without its texts. */
    private static String shape(List<JsonNode> log) {
        return log.stream().map(entry -> entry.path("seq").asText() + " " + entry.path("side").asText() + " "
                + entry.path("kind").asText() + " " + entry.path("epoch").asText()).collect(Collectors.joining(", "));
    }

    private void bot(List<JsonNode> log) {
        List<String> said = log.stream().filter(Inspection::isAgents).map(e -> e.path("text").asText()).toList();
        Set<String> once = new HashSet<>();
        said.stream().filter(text -> !once.add(text)).forEach(text -> findings.add(Breach.BOT_TWICE, text));
        for (AgentView.Detail one : conversations) {
            List<String> expected = staff.said(one.id());
            expected.stream().filter(text -> !once.contains(text))
                    .forEach(text -> findings.add(Breach.BOT_LOST, dialogue.session() + " " + text));
            List<String> found = said.stream().filter(text -> text.endsWith(" in " + one.id() + ".")).toList();
            List<String> awaited = expected.stream().filter(once::contains).toList();
            if (new HashSet<>(awaited).equals(new HashSet<>(found)) && !awaited.equals(found)
                    && found.size() == awaited.size()) {
                findings.add(Breach.BOT_DISORDER, dialogue.session() + " " + firstDifference(awaited, found));
            }
        }
        for (int i = 0; i < log.size(); i++) {
            if (log.get(i).path("seq").asLong() != i + 1) {
                findings.add(Breach.BOT_DISORDER, dialogue.session() + ": entry " + (i + 1) + " of the log is "
                        + log.get(i).path("seq"));
                break;
            }
        }
        if (log.toString().contains(Staff.SECRET)) {
            findings.add(Breach.LEAKED, dialogue.session() + ": in the log");
        }
    }

    private static boolean isAgents(JsonNode entry) {
        return entry.path("side").asText().equals("support") && entry.path("kind").asText().equals("message");
    }

    /** Every entry of the support side, in order; one that comes for the first time comes after all before it. */
    private void callback(List<JsonNode> log, List<JsonNode> taken) {
        Map<Long, JsonNode> first = new HashMap<>();
        long last = 0;
        for (JsonNode entry : taken) {
            long seq = entry.path("seq").asLong();
            JsonNode known = first.putIfAbsent(seq, entry);
            if (known == null && seq < last) {
                findings.add(Breach.BOT_DISORDER, dialogue.session() + ": entry " + seq + " came after " + last);
            }
            if (known != null && !known.equals(entry)) {
                findings.add(Breach.BOT_DISORDER, dialogue.session() + ": entry " + seq + " came with two contents");
            }
            last = Math.max(last, seq);
        }
        for (JsonNode entry : log) {
            if (entry.path("side").asText().equals("support")
                    && !first.containsKey(entry.path("seq").asLong())) {
                findings.add(Breach.BOT_LOST, dialogue.session() + ": the callback of entry " + entry.path("seq"));
            }
        }
        if (taken.toString().contains(Staff.SECRET)) {
            findings.add(Breach.LEAKED, dialogue.session() + ": by the callback");
        }
    }
}
