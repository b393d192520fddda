package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;

/**
 * Keeps a conversation below the system's limit of messages a minute. A minute that is full is followed by a whole
 * minute of rest counted from its last message, since systems count the minute before each message.
 */
final class Pace {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Integer limit;
    private Instant windowStart;
    private int count;

    Pace(Integer limit, Instant windowStart, int count) {
        this.limit = limit;
        this.windowStart = windowStart;
        this.count = count;
    }

    /** Counts one message; gives how long to wait before it, zero when it may go. */
    Duration next(Instant now) {
        if (limit == null) {
            return Duration.ZERO;
        }
        if (windowStart == null || !now.isBefore(windowStart.plus(MINUTE))) {
            windowStart = now;
            count = 0;
        }
        if (count >= limit) {
            windowStart = now;
            return MINUTE;
        }
        count++;
        return Duration.ZERO;
    }

    Instant windowStart() {
        return windowStart;
    }

    int count() {
        return count;
    }
}
