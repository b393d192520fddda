package dev.handoff.chaos;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.handoff.Api;

/** A session as the bot remembers it: what it was answered, in order. Led by one thread at a time. */
final class Dialogue {

    /**
     * A line that was accepted.
     *
     * @param late what a bot said while people were in charge
     * @param live whether people were in charge, by the answer; then it is on its way to them
     * @param back whether the bot had taken the session back, and not handed it over again
     */
    record Line(String text, String author, boolean late, boolean live, boolean back, Instant at) {
    }

    /**
     * A handoff that was answered.
     *
     * @param begun   whether the answer is about this very handoff; else people had the session already, and it is
     *                about theirs
     * @param unknown whether a call of it was never answered, so that it may be carried out long after
     */
    record Handoff(String id, String team, boolean begun, boolean unknown) {
    }

    private final String session;
    private final List<Line> accepted = new ArrayList<>();
    private final List<Handoff> handoffs = new ArrayList<>();
    private final Map<Long, String> controls = new TreeMap<>();
    private final List<String> contradictions = new ArrayList<>();
    private int count;
    private int asked;
    private boolean back;
    private String control = "bot";

    Dialogue(int number) {
        this.session = "s-" + number;
    }

    String session() {
        return session;
    }

    /** A text or an id like no other. */
    String next(String what) {
        count++;
        return what + " " + count + " of " + session + ".";
    }

    /** Another one than last time: an answer that names it is about this handoff, not about the one before. */
    String nextTeam(List<String> teams) {
        return teams.get(asked++ % teams.size());
    }

    synchronized void accepted(Line line) {
        accepted.add(line);
    }

    synchronized void handedOver(Handoff handoff) {
        handoffs.add(handoff);
        back = false;
    }

    synchronized void takenBack() {
        back = true;
    }

    synchronized boolean isTakenBack() {
        return back;
    }

    /** Notes who has control by an answer: in one epoch it is one. */
    synchronized void answered(Api.Answer answer) {
        control = answer.text("/control");
        long epoch = answer.body().path("epoch").asLong();
        String before = controls.putIfAbsent(epoch, control);
        if (before != null && !before.equals(control)) {
            contradictions.add(session + ": epoch " + epoch + " is " + before + "'s and " + control + "'s");
        }
    }

    synchronized void contradiction(String what) {
        contradictions.add(session + ": " + what);
    }

    synchronized List<String> contradictions() {
        return List.copyOf(contradictions);
    }

    synchronized List<Handoff> handoffs() {
        return List.copyOf(handoffs);
    }

    synchronized List<Line> accepted() {
        return List.copyOf(accepted);
    }

    synchronized boolean isBots() {
        return control.equals("bot");
    }
}
