package dev.handoff.session;

/** One thing that the user may choose: an intent and how it reads. */
public record Choice(String intent, String label) {
}
