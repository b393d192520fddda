package dev.handoff.lane;

import java.time.Duration;

/** Nothing went wrong, but the lane must wait before it goes on. */
class Postponed extends RuntimeException {

    private final Duration wait;

    Postponed(Duration wait) {
        super("The lane waits " + wait, null, false, false);
        this.wait = wait;
    }

    Duration waits() {
        return wait;
    }
}
