package dev.handoff.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A session as the bot remembers it: what it was told is accepted, in order. Used by one thread at a time. */
final class Dialogue {

    /** @param late what a bot said while people were in charge */
    record Line(String text, String author, boolean late) {
    }

    private final String session;
    private final List<Line> accepted = new ArrayList<>();
    private final Map<String, String> handoffs = new LinkedHashMap<>();
    private int count;
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

    synchronized void accepted(Line line) {
        accepted.add(line);
    }

    synchronized void handedOver(String id, String team) {
        handoffs.put(id, team);
    }

    /**
     * The teams that were asked for, by the handoff's id. One that was asked for while an agent had just taken the
     * session is not in the log: it got the standing one for an answer.
     */
    synchronized Map<String, String> handoffs() {
        return Map.copyOf(handoffs);
    }

    synchronized List<Line> accepted() {
        return List.copyOf(accepted);
    }

    synchronized void control(String now) {
        control = now;
    }

    synchronized boolean isBots() {
        return control.equals("bot");
    }
}
