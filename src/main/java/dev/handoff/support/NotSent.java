package dev.handoff.support;

/** For {@code throwException} in a route: nothing reached the system. */
public class NotSent extends RouteFailure {

    public NotSent(String message) {
        super(CallFailed.Outcome.NOT_SENT, message);
    }
}
