package dev.handoff.routing;

import java.util.List;
import java.util.function.Function;

import dev.handoff.routing.Decision.Outcome;
import dev.handoff.routing.TeamsOverThere.Door;

/**
 * Which connection of a chain takes a handoff: the first one that has a team for it, answers, and is open; else the
 * first that is closed, where it waits; else the first that does not answer, which may do so in a moment.
 */
final class Choosing {

    private final TeamsOverThere teams;
    private final Function<String, Decision> decide;

    /** @param decide decides for one connection; may throw {@link UnknownTeam} */
    Choosing(TeamsOverThere teams, Function<String, Decision> decide) {
        this.teams = teams;
        this.decide = decide;
    }

    /** @throws UnknownTeam if the request names a team that is nowhere */
    Decision among(List<String> chain) {
        return chain.size() == 1 ? decide.apply(chain.get(0)) : choose(chain, true);
    }

    /** Leaves out who does not answer: unavailable if nobody does. */
    Decision amongAnswering(List<String> chain) {
        return choose(chain, false);
    }

    private Decision choose(List<String> chain, boolean evenSilent) {
        StringBuilder before = new StringBuilder();
        UnknownTeam unknown = null;
        Decision closed = null;
        Decision silent = null;
        Decision unavailable = null;
        for (String connection : chain) {
            try {
                Decision decision = decide.apply(connection).after(before.toString());
                if (decision.outcome() == Outcome.ASK_INTENT) {
                    return decision;
                }
                Door door = decision.outcome() == Outcome.TRANSFER ? teams.door(connection, decision.team()) : null;
                if (door == Door.OPEN) {
                    return decision;
                }
                if (door == null) {
                    unavailable = decision;
                    before.append(connection).append(" has no team for it; ");
                } else if (door == Door.CLOSED) {
                    closed = closed == null ? decision : closed;
                    before.append(connection).append(" is closed; ");
                } else {
                    silent = silent == null ? decision : silent;
                    before.append(connection).append(" does not answer; ");
                }
            } catch (UnknownTeam e) {
                unknown = unknown == null ? e : unknown;
                before.append(connection).append(" does not have the team; ");
            }
        }
        Decision waiting = closed != null ? closed : evenSilent ? silent : null;
        if (waiting == null && unknown != null) {
            throw unknown;
        }
        return waiting != null ? waiting : unavailable != null ? unavailable
                : new Decision(Outcome.UNAVAILABLE, null, null, before.toString(), List.of());
    }
}
