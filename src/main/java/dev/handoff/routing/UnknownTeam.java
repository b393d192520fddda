package dev.handoff.routing;

import java.util.List;

/** A handoff names a team that the support system does not have. */
public class UnknownTeam extends RuntimeException {

    private final String team;
    private final List<String> known;

    UnknownTeam(String team, String connection, Teams teams) {
        super("The connection " + connection + " has no team \"" + team + "\"; "
                + (teams.known().isEmpty() ? "it has no teams at all" : "known are " + String.join(", ", teams.names())));
        this.team = team;
        this.known = teams.names();
    }

    /** As the request names it. */
    public String team() {
        return team;
    }

    /** The names of all teams over there. */
    public List<String> known() {
        return known;
    }
}
