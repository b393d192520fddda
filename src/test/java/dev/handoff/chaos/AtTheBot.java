package dev.handoff.chaos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.chaos.Desk.Conversation;
import dev.handoff.chaos.Findings.Breach;

/** Compares what the bot of one session was told, and what it can read, with what agents did. */
final class AtTheBot {

    private final Dialogue dialogue;
    private final List<Conversation> conversations;
    private final Findings findings;

    AtTheBot(Dialogue dialogue, List<Conversation> conversations, Findings findings) {
        this.dialogue = dialogue;
        this.conversations = conversations;
        this.findings = findings;
    }

    /** @param told by the callback, in the order of arrival */
    void inspect(List<JsonNode> told, BotsLog log) {
        List<JsonNode> first = inOrder(told);
        answers(first);
        handoffs(first);
        log(first, log);
        if (told.toString().contains(Staff.SECRET)) {
            findings.add(Breach.LEAKED, dialogue.session() + ": by the callback");
        }
    }

    /** What came for the first time came after all that is before it. */
    private List<JsonNode> inOrder(List<JsonNode> told) {
        Map<Long, JsonNode> first = new TreeMap<>();
        long last = 0;
        for (JsonNode entry : told) {
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
        return List.copyOf(first.values());
    }

    /** What agents said, once each, in the order of its conversation; and nothing else. */
    private void answers(List<JsonNode> told) {
        List<String> came = told.stream().filter(entry -> entry.path("kind").asText().equals("message"))
                .map(entry -> entry.path("text").asText()).toList();
        Set<String> once = new HashSet<>();
        came.stream().filter(text -> !once.add(text))
                .forEach(text -> findings.add(Breach.BOT_TWICE, dialogue.session() + ": " + text));
        Set<String> said = new HashSet<>();
        for (Conversation conversation : conversations) {
            List<String> theirs = conversation.lines().stream().filter(line -> line.author().equals("agent"))
                    .map(Desk.Line::text).toList();
            said.addAll(theirs);
            theirs.stream().filter(text -> !once.contains(text)).forEach(text -> findings.add(Breach.BOT_LOST,
                    dialogue.session() + ": " + text + " in " + conversation.id()));
            List<String> awaited = theirs.stream().filter(once::contains).toList();
            List<String> found = came.stream().distinct().filter(theirs::contains).toList();
            if (!awaited.equals(found)) {
                findings.add(Breach.BOT_DISORDER, dialogue.session() + " in " + conversation.id() + " "
                        + OverThere.difference(awaited, found));
            }
        }
        once.stream().filter(text -> !said.contains(text))
                .forEach(text -> findings.add(Breach.FOREIGN, dialogue.session() + ": at the bot: " + text));
    }

    /** The bot was told of each conversation that a handoff led to; none has failed. */
    private void handoffs(List<JsonNode> told) {
        Set<String> confirmed = new HashSet<>();
        for (JsonNode entry : told) {
            if (entry.path("kind").asText().equals("assigned")) {
                confirmed.add(entry.path("conversation").path("id").asText());
            } else if (entry.path("kind").asText().equals("undelivered")) {
                findings.add(Breach.LOST, dialogue.session() + ": told as undelivered: " + entry);
            }
        }
        conversations.stream().filter(one -> !confirmed.contains(Long.toString(one.id())) && !one.isAbandoned())
                .forEach(one -> findings.add(Breach.UNFULFILLED, dialogue.session() + ": the bot was never told of "
                        + one.id()));
    }

    private void log(List<JsonNode> told, BotsLog read) {
        List<JsonNode> log = read.entries();
        Map<Long, JsonNode> known = new HashMap<>();
        told.forEach(entry -> known.put(entry.path("seq").asLong(), entry));
        for (int i = 0; i < log.size(); i++) {
            JsonNode entry = log.get(i);
            if (entry.path("seq").asLong() != i + 1) {
                findings.add(Breach.BOT_DISORDER, dialogue.session() + ": entry " + (i + 1) + " of the log is "
                        + entry.path("seq"));
                return;
            }
            if (entry.path("side").asText().equals("support") && !known.containsKey(entry.path("seq").asLong())) {
                findings.add(Breach.BOT_LOST, dialogue.session() + ": the callback of entry " + entry.path("seq"));
            }
        }
        if (log.toString().contains(Staff.SECRET)) {
            findings.add(Breach.LEAKED, dialogue.session() + ": in the log");
        }
    }
}
