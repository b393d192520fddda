package dev.handoff.bot;

import java.time.Duration;

/** A bot did not take what its callback was sent; the words are for a person. */
public class CallbackFailed extends Exception {

    /** What became of the call. */
    public enum Outcome {
        /** No answer, or one that says that something is out of order: try again. */
        UNKNOWN,
        /** Too many calls: wait {@link CallbackFailed#retryAfter()}, then try again. */
        LIMITED,
        /** The bot wants no more calls. */
        STOPPED,
        /** The bot refuses this very thing. */
        REFUSED
    }

    private final Outcome outcome;
    private final Integer httpStatus;
    private final Duration retryAfter;

    CallbackFailed(Outcome outcome, Integer httpStatus, Duration retryAfter, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
        this.httpStatus = httpStatus;
        this.retryAfter = retryAfter;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Null when there was no answer. */
    public Integer httpStatus() {
        return httpStatus;
    }

    /** How long the bot asks to wait; null when it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
