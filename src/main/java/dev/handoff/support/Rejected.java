package dev.handoff.support;

/** For {@code throwException} in a route: the system refuses this very thing, and will again; nothing was done. */
public class Rejected extends RouteFailure {

    public Rejected(String message) {
        super(CallFailed.Outcome.REJECTED, message);
    }
}
