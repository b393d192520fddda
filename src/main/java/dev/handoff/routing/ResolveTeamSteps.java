package dev.handoff.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.handoff.session.Team;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;

import org.springframework.stereotype.Component;

/**
 * The steps that {@code routes/handoff/resolve-team.camel.yaml} is made of. Each but {@code match-row} leaves a
 * {@link Decision} in the body. What each reads and gives is described in that file.
 */
@Component
class ResolveTeamSteps extends RouteBuilder {

    private final TeamsOverThere teams;

    ResolveTeamSteps(TeamsOverThere teams) {
        this.teams = teams;
    }

    @Override
    public void configure() {
        // Errors are Routing's to tell: it knows the bot, and what to do instead.
        errorHandler(noErrorHandler());

        from("direct:match-row").routeId("match-row")
                .routeDescription("Sets the variable row: the first row of the table that has an unfinished intent")
                .process(this::matchRow);
        from("direct:team-named").routeId("team-named")
                .routeDescription("The team in the variable namedTeam; refused if there is none of that name over there")
                .process(this::teamNamed);
        from("direct:team-of-row").routeId("team-of-row")
                .routeDescription("The team of the variable row; the default team if there is none of that name over there")
                .process(this::teamOfRow);
        from("direct:team-by-rule").routeId("team-by-rule")
                .routeDescription("The team in the variable team, for the reason in the variable because")
                .process(this::teamByRule);
        from("direct:ask-intent").routeId("ask-intent")
                .routeDescription("Asks the user which intent it is")
                .process(exchange -> exchange.getMessage().setBody(Deciding.of(exchange).ask(language(exchange))));
        from("direct:default-team").routeId("default-team")
                .routeDescription("The table's default team")
                .process(exchange -> exchange.getMessage().setBody(Deciding.of(exchange).defaultTeam()));
    }

    private void matchRow(Exchange exchange) {
        RoutingTable table = Deciding.of(exchange).table();
        List<?> intents = exchange.getVariable("unfinishedIntents", List.class);
        if (table == null || intents == null) {
            return;
        }
        table.match(intents.stream().map(String::valueOf).toList())
                .ifPresent(match -> exchange.setVariable("row", match));
    }

    private void teamNamed(Exchange exchange) {
        Deciding deciding = Deciding.of(exchange);
        String named = deciding.here(required(exchange, "namedTeam", "direct:team-named"));
        Message message = exchange.getMessage();
        if (deciding.known().isEmpty()) {
            message.setBody(deciding.team(named, "the bot named this team"));
            return;
        }
        message.setBody(deciding.transfer(deciding.known().get().find(named)
                .or(() -> made(named, deciding.connection()))
                .orElseThrow(() -> new UnknownTeam(named, deciding.connection(), deciding.known().get())),
                "the bot named this team"));
    }

    /** A team that was made over there after the teams were read. */
    private Optional<Team> made(String named, String connection) {
        try {
            return teams.fresh(connection).find(named);
        } catch (TeamsUnknown unreachable) {
            return Optional.empty();
        }
    }

    private void teamOfRow(Exchange exchange) {
        Match row = exchange.getVariable("row", Match.class);
        if (row == null) {
            throw new IllegalStateException("direct:team-of-row needs the variable row: test it with variable.row != null");
        }
        exchange.getMessage().setBody(Deciding.of(exchange).team(row.team(), row.because()));
    }

    private void teamByRule(Exchange exchange) {
        String team = required(exchange, "team", "direct:team-by-rule");
        String because = exchange.getVariable("because", String.class);
        exchange.getMessage().setBody(Deciding.of(exchange).team(team,
                because == null ? "a rule in resolve-team names this team" : because));
    }

    private static String language(Exchange exchange) {
        Map<?, ?> user = exchange.getVariable("user", Map.class);
        return user == null || user.get("language") == null ? null : user.get("language").toString();
    }

    private static String required(Exchange exchange, String variable, String step) {
        String value = exchange.getVariable(variable, String.class);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(step + " needs the variable " + variable + ", which is not set");
        }
        return value;
    }
}
