package dev.handoff.support;

/** For {@code throwException} in a route: a setting is wrong; the message begins with the setting's name. Nothing was done. */
public class Misconfigured extends RouteFailure {

    public Misconfigured(String message) {
        super(CallFailed.Outcome.MISCONFIGURED, message);
    }
}
