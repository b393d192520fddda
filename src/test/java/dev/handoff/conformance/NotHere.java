package dev.handoff.conformance;

/** The server cannot be had on this machine: the kit says why, and leaves it out. */
final class NotHere extends RuntimeException {

    NotHere(String message) {
        super(message, null, false, false);
    }
}
