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
    private final boolean silence;

    CallbackFailed(Outcome outcome, Integer httpStatus, Duration retryAfter, String message) {
        this(outcome, httpStatus, retryAfter, message, false);
    }

    private CallbackFailed(Outcome outcome, Integer httpStatus, Duration retryAfter, String message, boolean silence) {
        super(message, null, false, false);
        this.silence = silence;
        this.outcome = outcome;
        this.httpStatus = httpStatus;
        this.retryAfter = retryAfter;
    }

    /** There was no answer. */
    static CallbackFailed silence(String message) {
        return new CallbackFailed(Outcome.UNKNOWN, null, null, message, true);
    }

    /** Whether nobody was there to answer. */
    public boolean isSilence() {
        return silence;
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
