package dev.handoff.api;

import java.util.List;
import java.util.Map;

import dev.handoff.HandoffProperties;
import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;
import dev.handoff.routing.Decision;
import dev.handoff.routing.Routing;
import dev.handoff.routing.RoutingTable;
import dev.handoff.routing.TeamsUnknown;
import dev.handoff.routing.UnknownTeam;
import dev.handoff.session.User;

import org.springframework.stereotype.Component;

/** The routing tables, as the API gives and takes them. */
@Component
class StoredRouting implements RoutingTables {

    private final dev.handoff.routing.RoutingTables tables;
    private final Routing routing;

    StoredRouting(dev.handoff.routing.RoutingTables tables, Routing routing) {
        this.tables = tables;
        this.routing = routing;
    }

    @Override
    public HandoffProperties.Routing table(String bot) {
        return tables.of(bot).map(table -> new HandoffProperties.Routing(table.defaultTeam(), table.askIntent(),
                table.teams().stream().map(row -> new HandoffProperties.Row(row.team(), row.intents())).toList(),
                table.ask().stream().map(ask -> new HandoffProperties.Choice(ask.intent(), ask.label())).toList()))
                .orElse(new HandoffProperties.Routing(null, false, List.of(), List.of()));
    }

    @Override
    public void replace(String bot, HandoffProperties.Routing table) {
        try {
            tables.put(bot, new RoutingTable(table.defaultTeam(), table.askIntent(),
                    table.teams().stream().map(row -> new RoutingTable.Row(row.team(), row.intents())).toList(),
                    table.ask().stream().map(ask -> new RoutingTable.Ask(ask.intent(),
                            ask.label() == null ? Map.of() : ask.label())).toList()));
        } catch (TeamsUnknown e) {
            throw new ProblemException(ProblemType.TEAMS_UNKNOWN, e.getMessage(), e);
        }
    }

    @Override
    public Decision explain(String bot, List<String> unfinishedIntents, String team, User user) {
        try {
            return routing.explain(bot, unfinishedIntents, team, user).decision();
        } catch (UnknownTeam e) {
            throw LogHandoffs.unknownTeam(e);
        }
    }
}
