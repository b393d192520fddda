package dev.handoff.conformance;

/** A case cannot be tried here; the message says what it would need. */
final class NotTried extends RuntimeException {

    NotTried(String message) {
        super(message, null, false, false);
    }
}
