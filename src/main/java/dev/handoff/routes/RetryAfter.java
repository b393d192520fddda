package dev.handoff.routes;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/** The header of that name (RFC 9110, 10.2.3): seconds, or a date. */
public final class RetryAfter {

    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);
    /** In the year 5138: what is more than that has been counted in milliseconds. */
    private static final long LAST_SECOND = 100_000_000_000L;

    private RetryAfter() {
    }

    /** Null if there is none, or none that can be read. */
    public static Duration of(String header) {
        if (header == null) {
            return null;
        }
        String value = header.trim();
        if (value.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        try {
            Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
            Duration wait = Duration.between(Instant.now(), then);
            return wait.isNegative() ? Duration.ZERO : wait;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /**
     * The header {@code X-RateLimit-Reset}, which many systems send instead: when calls are taken again, in Unix
     * seconds or milliseconds. Null if there is none, or none that can be read as that.
     */
    public static Duration untilReset(String header) {
        if (header == null || !header.trim().matches("\\d{10,13}")) {
            return null;
        }
        long time = Long.parseLong(header.trim());
        Instant then = time > LAST_SECOND ? Instant.ofEpochMilli(time) : Instant.ofEpochSecond(time);
        Duration wait = Duration.between(Instant.now(), then);
        // Their clock is not ours.
        return wait.compareTo(LONGEST_WINDOW) > 0 ? null : wait.compareTo(LEAST) < 0 ? LEAST : wait;
    }
}
