package dev.handoff.sandbox;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Teams, agents, inboxes, and who the caller is. */
final class AccountApi {

    Answer teams(Call call) {
        ArrayNode teams = JsonNodeFactory.instance.arrayNode();
        call.desk().teams().forEach(team -> teams.add(AccountJson.team(call.desk(), team, call.user())));
        return Answer.ok(teams);
    }

    Answer team(Call call) {
        return Answer.ok(AccountJson.team(call.desk(), findTeam(call), call.user()));
    }

    Answer teamMembers(Call call) {
        return Answer.ok(AccountJson.agents(call.desk(), call.desk().members(findTeam(call))));
    }

    Answer agents(Call call) {
        return Answer.ok(AccountJson.agents(call.desk(), call.desk().seed().agents()));
    }

    Answer inboxes(Call call) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("payload").add(AccountJson.inbox(call.desk(), isAdministrator(call)));
        return Answer.ok(body);
    }

    Answer inbox(Call call) {
        requireInbox(call, "id");
        return Answer.ok(AccountJson.inbox(call.desk(), isAdministrator(call)));
    }

    Answer agentBot(Call call) {
        SandboxSeed.Bot bot = call.desk().seed().bot();
        if (bot == null || !Long.valueOf(bot.id()).equals(call.number("id"))) {
            throw Refusal.notFound();
        }
        return Answer.ok(AccountJson.agentBot(call.desk()));
    }

    Answer inboxMembers(Call call) {
        requireInbox(call, "inbox_id");
        List<SandboxSeed.Agent> members = call.desk().seed().agents().stream()
                .filter(agent -> !agent.role().equals("administrator")).toList();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("payload", AccountJson.agents(call.desk(), members));
        return Answer.ok(body);
    }

    Answer profile(Call call) {
        String token = call.desk().seed().tokens().stream().filter(t -> t.agent() == call.user().id())
                .map(SandboxSeed.Token::value).findFirst().orElseThrow();
        return Answer.ok(AccountJson.profile(call.desk(), call.user(), token));
    }

    private static boolean isAdministrator(Call call) {
        return call.user().role().equals("administrator");
    }

    private static SandboxSeed.Team findTeam(Call call) {
        SandboxSeed.Team team = call.desk().team(call.number("team_id"));
        if (team == null) {
            throw Refusal.notFound();
        }
        return team;
    }

    private static void requireInbox(Call call, String parameter) {
        if (!Long.valueOf(call.desk().seed().inbox().id()).equals(call.number(parameter))) {
            throw Refusal.notFound();
        }
    }
}
