package dev.handoff.routing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

import dev.handoff.bot.Bots;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Compares the routing tables with the teams over there, without waiting for them, and logs what changes. */
@Component
class RoutingHealth {

    /** Conversations are handed over, some of them to another team than the table says. */
    static final Status DEGRADED = new Status("DEGRADED", "a routing table names teams that are not there");

    private static final Logger LOG = LoggerFactory.getLogger(RoutingHealth.class);

    private final Bots bots;
    private final RoutingTables tables;
    private final TeamsOverThere teams;
    private final Map<String, List<String>> told = new ConcurrentHashMap<>();
    private volatile boolean ready;

    RoutingHealth(Bots bots, RoutingTables tables, TeamsOverThere teams) {
        this.bots = bots;
        this.tables = tables;
        this.teams = teams;
    }

    /**
     * One bot's state.
     *
     * @param connection   null: it has none
     * @param unknownTeams as the table writes them; empty unless degraded
     */
    record State(Status status, String connection, List<String> unknownTeams) {
    }

    /** A start need not wait for a support system, nor for somebody who looks at the health. */
    @EventListener(ApplicationReadyEvent.class)
    void look() {
        ready = true;
        for (String bot : bots.ids()) {
            bots.get(bot).support().forEach(connection -> teams.whenRead(connection, () -> state(bot)));
        }
    }

    /** The bots that have a routing table. */
    Map<String, State> states() {
        Map<String, State> states = new TreeMap<>();
        for (String bot : bots.ids()) {
            state(bot).ifPresent(state -> states.put(bot, state));
        }
        return states;
    }

    /** The first connection of the chain that lacks a team, else the first whose teams are not known. */
    private Optional<State> state(String bot) {
        return tables.of(bot).map(table -> {
            List<String> chain = bots.get(bot).support();
            Optional<Teams> first = chain.stream().findFirst().flatMap(this::known);
            List<State> states = chain.stream().map(connection -> state(bot, table, connection, first)).toList();
            return states.stream().filter(state -> state.status().equals(DEGRADED)).findFirst()
                    .or(() -> states.stream().filter(state -> state.status().equals(Status.UNKNOWN)).findFirst())
                    .or(() -> states.stream().findFirst())
                    .orElse(new State(Status.UNKNOWN, null, List.of()));
        });
    }

    private State state(String bot, RoutingTable table, String connection, Optional<Teams> first) {
        Optional<Teams> known = known(connection);
        if (known.isEmpty()) {
            return new State(Status.UNKNOWN, connection, List.of());
        }
        Deciding here = new Deciding(connection, table, known, first, null);
        List<String> unknown = table.teamsByPath().values().stream().distinct()
                .filter(team -> known.get().find(here.here(team)).isEmpty()).toList();
        tell(bot, connection, unknown);
        return new State(unknown.isEmpty() ? Status.UP : DEGRADED, connection, unknown);
    }

    /** Before the routes are there a read would fail, and the first handoffs would have to do without. */
    private Optional<Teams> known(String connection) {
        return ready ? teams.known(connection) : Optional.empty();
    }

    private void tell(String bot, String connection, List<String> unknown) {
        List<String> before = told.put(bot + " " + connection, unknown);
        if (!unknown.isEmpty() && !unknown.equals(before)) {
            LOG.warn("bot {}: its routing table names teams that {} does not have: {}. What they should get goes to the"
                    + " default team. Make the teams, or change the table", bot, connection, String.join(", ", unknown));
        } else if (unknown.isEmpty() && before != null && !before.isEmpty()) {
            LOG.info("bot {}: all teams of its routing table are there now on {}", bot, connection);
        }
    }
}
