package dev.handoff.chaos;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The pace of what happens: nobody waits here for a result. */
final class Pause {

    private Pause() {
    }

    static void of(Duration time) {
        until(System.nanoTime() + time.toNanos());
    }

    /** @param nanos as {@link System#nanoTime()} counts */
    static void until(long nanos) {
        long left;
        while ((left = nanos - System.nanoTime()) > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(left);
        }
    }
}
