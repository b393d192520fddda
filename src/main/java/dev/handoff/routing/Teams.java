package dev.handoff.routing;

import java.util.List;
import java.util.Optional;

import dev.handoff.session.Team;

/** The teams that a connection has. */
public record Teams(List<Team> known) {

    public Teams {
        known = List.copyOf(known);
    }

    /** Finds a team by what somebody wrote: its id, else its name without regard to case. */
    public Optional<Team> find(String written) {
        String wanted = written.strip();
        return known.stream().filter(team -> wanted.equals(team.id())).findFirst()
                .or(() -> known.stream().filter(team -> team.name() != null && wanted.equalsIgnoreCase(team.name().strip()))
                        .findFirst());
    }

    public List<String> names() {
        return known.stream().map(Team::name).toList();
    }

    /** Says that there is no such team, and which there are. */
    String denial(String written, String connection) {
        return "\"" + written + "\" is not a team of " + connection + "; "
                + (known.isEmpty() ? "it has no teams at all: make one there" : "known are " + String.join(", ", names()));
    }
}
