package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;

/**
 * The database's time, told without asking it again.
 *
 * @param read  what the database said
 * @param nanos {@link System#nanoTime()} before it was asked, in a transaction before that began, so that this clock is
 *              never behind
 */
record DatabaseClock(Instant read, long nanos) {

    Instant now() {
        return read.plusNanos(System.nanoTime() - nanos);
    }

    Instant in(Duration time) {
        return now().plus(time);
    }
}
