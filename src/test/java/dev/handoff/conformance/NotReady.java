package dev.handoff.conformance;

/** The kit cannot begin; the message says what is missing, and how to mend it. */
final class NotReady extends RuntimeException {

    NotReady(String message) {
        super(message, null, false, false);
    }
}
