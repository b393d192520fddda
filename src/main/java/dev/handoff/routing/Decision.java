package dev.handoff.routing;

import java.util.List;

import dev.handoff.session.Choice;
import dev.handoff.session.Team;

/**
 * What a handoff would do.
 *
 * @param outcome whether to transfer, to ask the user first, or that nobody can take it
 * @param connection where to; null when the bot has none, and as long as the user is asked
 * @param team    which team there; null means without a team
 * @param because which row and which intent, or which rule, in words
 * @param choices what to ask the user, for {@link Outcome#ASK_INTENT}
 */
public record Decision(Outcome outcome, String connection, Team team, String because, List<Choice> choices) {

    public enum Outcome {
        TRANSFER, ASK_INTENT, UNAVAILABLE
    }

    /** This decision, with what was decided before it. */
    Decision after(String before) {
        return before.isEmpty() ? this : new Decision(outcome, connection, team, before + because, choices);
    }
}
