package dev.handoff.sandbox.demo;

import java.util.List;

/**
 * What the demo bot does next.
 *
 * @param text       what it says; null: nothing
 * @param choices    what it offers the user; null: nothing
 * @param unfinished the intents with which it hands over; null: it does not
 */
record Step(String text, List<String> choices, List<String> unfinished) {

    static Step say(String text) {
        return new Step(text, null, null);
    }

    static Step offer(String text, List<String> choices) {
        return new Step(text, choices, null);
    }

    static Step handOver(String text, List<String> unfinished) {
        return new Step(text, null, unfinished);
    }
}
