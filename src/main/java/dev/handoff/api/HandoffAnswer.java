package dev.handoff.api;

import java.util.List;
import java.util.Map;

import dev.handoff.session.Choice;
import dev.handoff.session.Control;
import dev.handoff.session.Team;

/**
 * What became of a handoff so far.
 *
 * @param because      why this team
 * @param agentsOnline of the team; null if the system does not tell
 * @param conversation {@code id} and {@code url} over there; null until it exists
 * @param choices      what to ask the user, for {@link Status#ASK_INTENT}
 */
public record HandoffAnswer(Status status, Control control, long epoch, Team team, String because,
        Integer agentsOnline, Map<String, String> conversation, List<Choice> choices) {

    public enum Status {
        /** Confirmed over there. */
        TRANSFERRED,
        /** Ask the user what it is about. Nothing was handed over. */
        ASK_INTENT,
        /** Nobody takes it now. Nothing was handed over. */
        UNAVAILABLE,
        /** Not known yet: the log will tell. */
        PENDING
    }
}
