package dev.handoff.chaos;

import java.util.ArrayList;
import java.util.List;

/** A session as the bot remembers it: what it was told is accepted, in order. Used by one thread at a time. */
final class Dialogue {

    /** @param late what a bot said while people were in charge */
    record Line(String text, String author, boolean late) {
    }

    private final String session;
    private final List<Line> accepted = new ArrayList<>();
    private final List<String> handoffs = new ArrayList<>();
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

    synchronized void handedOver(String team) {
        handoffs.add(team);
    }

    /** The teams that were asked for, in order. */
    synchronized List<String> handoffs() {
        return List.copyOf(handoffs);
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
