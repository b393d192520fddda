package dev.handoff.routing;

import java.util.List;

/** A handoff names a team that the support system does not have. */
public class UnknownTeam extends RuntimeException {

    private final String team;
    private final List<String> known;

    UnknownTeam(String team, String connection, Teams teams) {
        super("Unknown team: " + teams.denial(team, connection));
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
