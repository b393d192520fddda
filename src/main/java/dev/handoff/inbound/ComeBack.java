package dev.handoff.inbound;

import java.time.Duration;

/** What was read cannot be told now, since the lane is being worked on or in doubt; it is read again then. */
class ComeBack extends RuntimeException {

    private static final Duration SOON = Duration.ofMillis(200);

    private final Duration wait;

    /** The lane is being worked on. */
    ComeBack() {
        this(SOON);
    }

    ComeBack(Duration wait) {
        super("The lane is being worked on, or in doubt", null, false, false);
        this.wait = wait;
    }

    Duration waits() {
        return wait;
    }
}
