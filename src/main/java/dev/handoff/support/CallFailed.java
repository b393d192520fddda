package dev.handoff.support;

import java.time.Duration;
import java.util.Set;

/** A support system did not do what an operation asked for; {@link #outcome()} says what that means for the sender. */
public class CallFailed extends Exception {

    /** What became of the call. */
    public enum Outcome {
        /** Nothing reached the system: try again. */
        NOT_SENT,
        /** Too many calls: wait {@link CallFailed#retryAfter()}, then try again. Nothing was done. */
        LIMITED,
        /** A setting is wrong (token, account …): nothing was done; try again, a person must mend it. */
        MISCONFIGURED,
        /** Nobody knows whether it was done: look before sending again. */
        UNKNOWN,
        /** The conversation does not exist any more. Nothing was done. */
        GONE,
        /** The system refuses this very thing, and will again. Nothing was done. */
        REJECTED
    }

    /** What a proxy says when there is nobody behind it. */
    private static final Set<Integer> PROXY = Set.of(502, 503, 504);

    private final Outcome outcome;
    private final String connection;
    private final String operation;
    private final Integer httpStatus;
    private final Duration retryAfter;
    private final boolean begun;
    private final boolean silence;

    public CallFailed(Outcome outcome, String connection, String operation, Integer httpStatus, Duration retryAfter,
            String message, Throwable cause) {
        this(outcome, connection, operation, httpStatus, retryAfter, message, cause, false, false);
    }

    private CallFailed(Outcome outcome, String connection, String operation, Integer httpStatus, Duration retryAfter,
            String message, Throwable cause, boolean begun, boolean silence) {
        super(message, cause);
        this.outcome = outcome;
        this.connection = connection;
        this.operation = operation;
        this.httpStatus = httpStatus;
        this.retryAfter = retryAfter;
        this.begun = begun;
        this.silence = silence;
    }

    /** The same, of an operation of several requests of which an earlier one was done. */
    CallFailed begun() {
        return new CallFailed(outcome, connection, operation, httpStatus, retryAfter, getMessage(), getCause(), true,
                silence);
    }

    /** The same, of an operation that had sent another request before. */
    CallFailed afterAnother() {
        return new CallFailed(Outcome.UNKNOWN, connection, operation, httpStatus, retryAfter,
                getMessage() + " An earlier request of the same operation had been sent.", getCause(), begun, silence);
    }

    /** The same, of a request that came to no answer. */
    public CallFailed silence() {
        return new CallFailed(outcome, connection, operation, httpStatus, retryAfter, getMessage(), getCause(), begun,
                true);
    }

    /** Whether something may be over there: look before doing it again. */
    public boolean leavesDoubt() {
        return begun || outcome == Outcome.UNKNOWN;
    }

    public Outcome outcome() {
        return outcome;
    }

    /** Whether it fails however often it is tried. */
    public boolean forGood() {
        return outcome == Outcome.REJECTED || outcome == Outcome.GONE;
    }

    /** Whether nobody was there to answer, whatever was asked. */
    public boolean unanswered() {
        return silence || httpStatus != null && PROXY.contains(httpStatus)
                && (outcome == Outcome.NOT_SENT || outcome == Outcome.UNKNOWN);
    }

    public String connection() {
        return connection;
    }

    public String operation() {
        return operation;
    }

    /** The status of the answer; null when there was none. */
    public Integer httpStatus() {
        return httpStatus;
    }

    /** How long the system asks to wait; null when it did not say. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
