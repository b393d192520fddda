package dev.handoff.sandbox;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that shall go wrong.
 *
 * @param kind        what
 * @param probability how often, from 0 to 1
 * @param next        for how many calls; null: until it is cleared
 * @param method      only calls of this HTTP method; null: all
 * @param path        only calls whose route template ends so, such as {@code /messages} or
 *                    {@code /conversations/{conversation_id}}; null: all
 * @param delay       of {@link Kind#LATENCY}: how long; of the hangs: how long at most, null until cleared
 * @param retryAfter  of {@link Kind#LIMITED}: what the answer's {@code Retry-After} says; null: it has none
 */
public record Fault(Kind kind, double probability, Integer next, String method, String path, Duration delay,
        Duration retryAfter) {

    public enum Kind {
        /** The call takes longer. Goes together with any other kind. */
        LATENCY,
        /** 500, nothing done. */
        ERROR_BEFORE,
        /** Done, but answered by 500. */
        ERROR_AFTER,
        /** 422, nothing done, in words that do not tell it from the next one. */
        REFUSED_BEFORE,
        /** Done, but answered by 422, as Chatwoot does when something fails after the commit. */
        REFUSED_AFTER,
        /** The connection ends without an answer, nothing done. */
        RESET_BEFORE,
        /** Done, but the connection ends without an answer. */
        RESET_AFTER,
        /** No answer; it is done when the hang ends, long after the caller has given up. */
        HANG_BEFORE,
        /** Done at once, but no answer until the hang ends. */
        HANG_AFTER,
        /** 429, nothing done. */
        LIMITED;

        /** As it is written in JSON: {@code error-after}. */
        public String json() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Fault {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("probability must be from 0 to 1, not " + probability);
        }
        if (next != null && next < 1) {
            throw new IllegalArgumentException("next must be 1 or more, not " + next);
        }
        if (kind == Kind.LATENCY && delay == null) {
            throw new IllegalArgumentException("latency needs a delay");
        }
    }

    /** Hits every call until it is cleared. */
    public static Fault of(Kind kind) {
        return new Fault(kind, 1, null, null, null, null, null);
    }

    public static Fault latency(Duration delay) {
        return new Fault(Kind.LATENCY, 1, null, null, null, delay, null);
    }

    /** Hits the next so many calls only. */
    public Fault next(int calls) {
        return new Fault(kind, probability, calls, method, path, delay, retryAfter);
    }

    public Fault withProbability(double chance) {
        return new Fault(kind, chance, next, method, path, delay, retryAfter);
    }

    /** Hits only calls of this method whose route template ends so. */
    public Fault on(String onlyMethod, String templateEnd) {
        return new Fault(kind, probability, next, onlyMethod, templateEnd, delay, retryAfter);
    }

    public Fault lasting(Duration duration) {
        return new Fault(kind, probability, next, method, path, duration, retryAfter);
    }

    public Fault retryAfter(Duration wait) {
        return new Fault(kind, probability, next, method, path, delay, wait);
    }

    boolean concerns(String callMethod, String template) {
        return (method == null || method.equalsIgnoreCase(callMethod)) && (path == null || template.endsWith(path));
    }
}
