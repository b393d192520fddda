package dev.handoff.support;

/** For {@code throwException} in a route: too many calls; nothing was done. */
public class Limited extends RouteFailure {

    public Limited(String message) {
        super(CallFailed.Outcome.LIMITED, message);
    }
}
