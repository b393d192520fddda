package dev.handoff.support;

/** For {@code throwException} in a route: the conversation does not exist any more; nothing was done. */
public class Gone extends RouteFailure {

    public Gone(String message) {
        super(CallFailed.Outcome.GONE, message);
    }
}
