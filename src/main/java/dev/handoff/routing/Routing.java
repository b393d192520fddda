package dev.handoff.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.handoff.bot.Bots;
import dev.handoff.routing.Decision.Outcome;
import dev.handoff.routes.RouteGate;
import dev.handoff.session.User;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/**
 * Decides which team takes a conversation, by the route {@code resolve-team}. To be asked once, when the handoff is asked
 * for: the decision stands in the log, and a retry does not decide again.
 */
@Service
public class Routing {

    private static final Logger LOG = LoggerFactory.getLogger(Routing.class);
    /** Not blocking: a route that is not there is an answer at once. */
    private static final String ROUTE = "direct:resolve-team?block=false";
    private static final int LONGEST_FAULT = 200;
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {
    };

    private final Bots bots;
    private final RoutingTables tables;
    private final TeamsOverThere teams;
    private final ProducerTemplate camel;
    private final RouteGate gate;
    private final ObjectMapper json;

    Routing(Bots bots, RoutingTables tables, TeamsOverThere teams, ProducerTemplate camel, RouteGate gate,
            ObjectMapper json) {
        this.bots = bots;
        this.tables = tables;
        this.teams = teams;
        this.camel = camel;
        this.gate = gate;
        this.json = json;
    }

    /**
     * Completes when a decision need not wait for teams: they are known, or will not be soon (two seconds). Never fails.
     *
     * @throws dev.handoff.bot.UnknownBot if there is no such bot
     */
    public CompletableFuture<Void> ready(String bot) {
        return CompletableFuture.allOf(bots.get(bot).support().stream().map(teams::soon)
                .toArray(CompletableFuture[]::new));
    }

    /**
     * Decides, once it is {@link #ready}; without the teams if the support system does not list them. Where the bot has
     * several connections, the first one that answers and is open takes it; this may wait for them a few seconds.
     *
     * @throws dev.handoff.bot.UnknownBot if there is no such bot
     * @throws UnknownTeam                if the request names a team that is nowhere
     */
    public Decision decide(String bot, RoutingRequest request) {
        List<String> chain = bots.get(bot).support();
        if (chain.isEmpty()) {
            return new Decision(Outcome.UNAVAILABLE, null, null, "the bot has no connection to a support system: set"
                    + " handoff.bots." + bot + ".support, or PUT /v1/admin/bots/" + bot + "/support", List.of());
        }
        ready(bot).join();
        return new Choosing(teams, connection -> decide(bot, connection, request)).among(chain);
    }

    /**
     * Decides anew for a handoff that went wrong elsewhere. Nobody can be asked any more, and a team that is not there
     * is no reason to leave the user alone: it is the default team then.
     *
     * @param others     connections, none of which has tried it
     * @param evenSilent whether it may go to one that does not answer now
     */
    public Decision decide(String bot, List<String> others, boolean evenSilent, RoutingRequest request) {
        others.forEach(connection -> teams.soon(connection).join());
        Choosing choosing = new Choosing(teams, connection -> {
            try {
                Decision decision = decide(bot, connection, request);
                return decision.outcome() != Outcome.ASK_INTENT ? decision
                        : deciding(bot, connection, request).defaultTeam("the user cannot be asked any more");
            } catch (UnknownTeam e) {
                return deciding(bot, connection, request).defaultTeam("the bot named the team \"" + request.team()
                        + "\", but " + connection + " has none of that name");
            }
        });
        return evenSilent ? choosing.among(others) : choosing.amongAnswering(others);
    }

    private Deciding deciding(String bot, String connection, RoutingRequest request) {
        Optional<Teams> first = bots.get(bot).connection().filter(one -> !one.equals(connection)).flatMap(teams::known);
        return new Deciding(connection, tables.of(bot).orElse(null), teams.known(connection), first, request);
    }

    private Decision decide(String bot, String connection, RoutingRequest request) {
        Deciding deciding = deciding(bot, connection, request);
        Exchange done = gate.call(() -> camel.request(ROUTE, exchange -> give(exchange, bot, deciding)));
        UnknownTeam unknown = done.getException(UnknownTeam.class);
        if (unknown != null) {
            throw unknown;
        }
        String fault = fault(done);
        if (fault == null) {
            return done.getMessage().getBody(Decision.class);
        }
        LOG.warn("bot {}: the route resolve-team {}; the default team is used. Mend"
                + " routes/handoff/resolve-team.camel.yaml", bot, fault, done.getException());
        return deciding.defaultTeam("the route resolve-team " + fault);
    }

    /**
     * What a handoff would do, and why; does nothing.
     *
     * @throws dev.handoff.bot.UnknownBot if there is no such bot
     * @throws UnknownTeam                if the request names a team that is not there, as a handoff would
     */
    public Explanation explain(String bot, List<String> unfinishedIntents, String team, User user) {
        RoutingRequest request = new RoutingRequest(unfinishedIntents, team, user, false);
        Decision decision = decide(bot, request);
        return new Explanation(decision, tables.of(bot).map(table -> rows(table, request)).orElse(List.of()));
    }

    private void give(Exchange exchange, String bot, Deciding deciding) {
        RoutingRequest request = deciding.request();
        RoutingTable table = deciding.table();
        deciding.on(exchange);
        exchange.setVariable("bot", bot);
        exchange.setVariable("connection", deciding.connection());
        exchange.setVariable("unfinishedIntents", request.unfinishedIntents());
        exchange.setVariable("asked", request.asked());
        exchange.setVariable("askIntent", table != null && table.askIntent());
        exchange.setVariable("user", request.user() == null ? Map.of() : json.convertValue(request.user(), FIELDS));
        if (request.team() != null) {
            exchange.setVariable("namedTeam", request.team());
        }
    }

    /** What the route did wrong, to be read after its name; null when it decided. */
    private static String fault(Exchange done) {
        Exception failure = done.getException();
        if (failure != null) {
            String text = "failed: " + (failure.getMessage() == null ? failure.getClass().getSimpleName()
                    : failure.getMessage().lines().findFirst().orElse(""));
            return text.length() > LONGEST_FAULT ? text.substring(0, LONGEST_FAULT) + "…" : text;
        }
        Object body = done.getMessage().getBody();
        if (!(body instanceof Decision decision)) {
            return "ended without a decision (" + (body == null ? "an empty body" : "a body of the class "
                    + body.getClass().getSimpleName()) + "): each branch must end with a step that decides, such as"
                    + " direct:default-team";
        }
        if (decision.outcome() == Outcome.ASK_INTENT && decision.choices().isEmpty()) {
            return "wants to ask the user, but gives no choices";
        }
        return null;
    }

    private static List<Explanation.Row> rows(RoutingTable table, RoutingRequest request) {
        List<Explanation.Row> rows = new ArrayList<>();
        int winner = 0;
        for (int i = 0; i < table.teams().size(); i++) {
            Optional<Match> match = table.matchRow(i, request.unfinishedIntents());
            String because = match.map(Match::because).orElse("it has none of the unfinished intents");
            if (match.isPresent() && winner > 0) {
                because += ", but row " + winner + " goes before it";
            } else if (match.isPresent()) {
                winner = i + 1;
            }
            rows.add(new Explanation.Row(i + 1, table.teams().get(i).team(), match.isPresent(), because));
        }
        return rows;
    }
}
