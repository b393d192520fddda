package dev.handoff.routing;

/**
 * A row that has an unfinished intent.
 *
 * @param number  of the row, from 1
 * @param team    as the row writes it
 * @param pattern which of its intents
 * @param intent  which of the unfinished ones
 */
public record Match(int number, String team, String pattern, String intent) {

    /** The reason, in words. */
    public String because() {
        return "row " + number + " (" + team + ") has " + pattern
                + (pattern.equalsIgnoreCase(intent) ? ", which is unfinished" : ", and " + intent + " is unfinished");
    }
}
