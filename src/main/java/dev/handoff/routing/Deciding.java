package dev.handoff.routing;

import java.util.List;
import java.util.Optional;

import dev.handoff.routing.Decision.Outcome;
import dev.handoff.session.Choice;
import dev.handoff.session.Team;
import org.apache.camel.Exchange;

/**
 * One decision under way: what the steps of the route know besides the variables.
 *
 * @param table null: the bot has none
 * @param known the teams over there; empty: the support system cannot be read now
 * @param first the teams of the chain's first connection, whose ids a table or a bot may have written; empty: this is the
 *              first, or its teams are not known
 */
record Deciding(String connection, RoutingTable table, Optional<Teams> known, Optional<Teams> first,
        RoutingRequest request) {

    private static final String PROPERTY = "handoff.deciding";
    private static final int NAMED_INTENTS = 5;

    void on(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    static Deciding of(Exchange exchange) {
        Deciding deciding = exchange.getProperty(PROPERTY, Deciding.class);
        if (deciding == null) {
            throw new IllegalStateException("the steps of resolve-team run in that route only");
        }
        return deciding;
    }

    /** A team's name in place of the id that it has on the first connection: here that may be another team's. */
    String here(String written) {
        return first.flatMap(teams -> teams.find(written)).filter(team -> written.strip().equals(team.id()))
                .map(Team::name).orElse(written);
    }

    /** To a team that a row or a rule names; to the default team if there is no such team over there. */
    Decision team(String asWritten, String because) {
        String written = here(asWritten);
        if (known.isEmpty()) {
            return transfer(new Team(null, written), because + unchecked());
        }
        return known.get().find(written).map(team -> transfer(team, because))
                .orElseGet(() -> defaultTeam(because + ", but " + connection + " has no team \"" + written + "\""));
    }

    /** To the default team, because nothing else decides. */
    Decision defaultTeam() {
        return defaultTeam(why());
    }

    Decision defaultTeam(String why) {
        if (table == null) {
            return transfer(null, why + "; the bot has no routing table, so it goes to no team in particular");
        }
        if (table.defaultTeam() == null) {
            return unavailable(why + "; the routing table has no default team");
        }
        String written = here(table.defaultTeam());
        if (known.isEmpty()) {
            return transfer(new Team(null, written), why + "; the default team" + unchecked());
        }
        return known.get().find(written).map(team -> transfer(team, why + "; the default team"))
                .orElseGet(() -> unavailable(why + "; the default team \"" + written + "\" is not among the teams of "
                        + connection));
    }

    Decision ask(String language) {
        List<Choice> choices = table == null ? List.of() : table.choices(language);
        if (choices.isEmpty()) {
            return defaultTeam("there is nothing to ask the user");
        }
        return new Decision(Outcome.ASK_INTENT, null, null, "no intent is unfinished: the user is asked for one", choices);
    }

    Decision transfer(Team team, String because) {
        return new Decision(Outcome.TRANSFER, connection, team, because, List.of());
    }

    Decision unavailable(String because) {
        return new Decision(Outcome.UNAVAILABLE, connection, null, because, List.of());
    }

    String unchecked() {
        return " (not checked: the teams of " + connection + " cannot be read now)";
    }

    private String why() {
        List<String> intents = request.unfinishedIntents();
        if (intents.isEmpty()) {
            return "no intent is unfinished" + (request.asked() ? ", and the user was asked before" : "");
        }
        String some = String.join(", ", intents.subList(0, Math.min(NAMED_INTENTS, intents.size())))
                + (intents.size() > NAMED_INTENTS ? " …" : "");
        return table == null ? some + (intents.size() == 1 ? " is" : " are") + " unfinished" : "no row has " + some;
    }
}
