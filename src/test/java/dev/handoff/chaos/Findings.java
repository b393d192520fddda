package dev.handoff.chaos;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What broke a promise, with a line each that says where. */
final class Findings {

    /** The promises, as what breaks them. */
    enum Breach {
        LOST("lost over there"), TWICE("twice over there"), DISORDER("out of order over there"),
        AUTHOR("wrong author"), TEAM("wrong team"), FOREIGN("never accepted"),
        UNFULFILLED("handoff not fulfilled"), EXTRA("conversation too many"),
        BOT_LOST("lost for the bot"), BOT_TWICE("twice for the bot"), BOT_DISORDER("out of order for the bot"),
        LEAKED("private, but at the bot"), TWO_MASTERS("control with two"), STRANDED("stranded"),
        FORGED("wrongly signed"), REFUSED("refused");

        private final String text;

        Breach(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    private final Map<Breach, List<String>> all = new EnumMap<>(Breach.class);
    private int excused;

    Findings() {
        for (Breach breach : Breach.values()) {
            all.put(breach, new ArrayList<>());
        }
    }

    void add(Breach breach, String where) {
        all.get(breach).add(where);
    }

    /** Twice, since a process stood still between its last look at the lease and the socket. */
    void excuse() {
        excused++;
    }

    int excused() {
        return excused;
    }

    void add(Findings others) {
        others.all.forEach((breach, where) -> all.get(breach).addAll(where));
        excused += others.excused;
    }

    int count(Breach breach) {
        return all.get(breach).size();
    }

    boolean none() {
        return all.values().stream().allMatch(List::isEmpty);
    }

    /** Some of each kind. */
    String details() {
        StringBuilder text = new StringBuilder();
        all.forEach((breach, where) -> where.stream().limit(5)
                .forEach(line -> text.append(breach).append(": ").append(line).append('\n')));
        return text.toString();
    }
}
