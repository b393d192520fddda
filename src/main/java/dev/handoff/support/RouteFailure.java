package dev.handoff.support;

/** What a route says itself about a failed operation, in words for a person, without secrets or users' texts. */
public abstract class RouteFailure extends RuntimeException {

    private final transient CallFailed.Outcome outcome;

    RouteFailure(CallFailed.Outcome outcome, String message) {
        super(message, null, false, false);
        this.outcome = outcome;
    }

    CallFailed.Outcome outcome() {
        return outcome;
    }
}
