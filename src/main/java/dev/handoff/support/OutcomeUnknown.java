package dev.handoff.support;

/** For {@code throwException} in a route: nobody knows whether it was done. */
public class OutcomeUnknown extends RouteFailure {

    public OutcomeUnknown(String message) {
        super(CallFailed.Outcome.UNKNOWN, message);
    }
}
