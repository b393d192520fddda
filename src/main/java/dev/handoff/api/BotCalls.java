package dev.handoff.api;

import java.util.ArrayList;
import java.util.List;

import dev.handoff.api.http.ProblemException.FieldError;
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
        try {
            tables.replace(call.bot(), body.table());
        } catch (RoutingTables.UnknownTeams refused) {
            throw Contract.refused(errors(body, refused));
        }
        return routing(call);
    }

    Decision explain(Call call, ExplainBody body) throws CallFailed {
        return tables.explain(call.bot(), body.intents(), body.team(), body.user());
    }

    private static List<FieldError> errors(RoutingBody body, RoutingTables.UnknownTeams refused) {
        String message = "names a team that the support system does not have; it has: "
                + String.join(", ", refused.known());
        List<FieldError> errors = new ArrayList<>();
        if (body.defaultTeam() != null && refused.unknown().contains(body.defaultTeam())) {
            errors.add(new FieldError("/default", message));
        }
        for (int i = 0; body.teams() != null && i < body.teams().size(); i++) {
            if (refused.unknown().contains(body.teams().get(i).team())) {
                errors.add(new FieldError("/teams/" + i + "/team", message));
            }
        }
        return errors.isEmpty() ? List.of(new FieldError("", message)) : errors;
    }
}
