package dev.handoff.api;

import java.util.List;

import dev.handoff.routing.Decision;
import dev.handoff.session.Team;
import dev.handoff.support.CallFailed;

/** The calls about a bot: its teams and its routing. */
class BotCalls {

    private final TeamLists teams;
    private final RoutingTables tables;

    BotCalls(TeamLists teams, RoutingTables tables) {
        this.teams = teams;
        this.tables = tables;
    }

    List<Team> teams(Call call) throws CallFailed {
        return teams.teams(call.bot());
    }

    RoutingBody routing(Call call) {
        return RoutingBody.of(tables.table(call.bot()));
    }

    RoutingBody replaceRouting(Call call, RoutingBody body) throws CallFailed {
        tables.replace(call.bot(), body.table());
        return routing(call);
    }

    Decision explain(Call call, ExplainBody body) throws CallFailed {
        return tables.explain(call.bot(), body.intents(), body.team(), body.user());
    }
}
