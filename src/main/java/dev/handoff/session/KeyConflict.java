package dev.handoff.session;

/** Another content was posted under an id that is taken. */
public class KeyConflict extends RuntimeException {

    public KeyConflict(String message) {
        super(message);
    }
}
