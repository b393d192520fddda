package dev.handoff.conformance;

import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.handoff.session.Team;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem.Availability;
import dev.handoff.support.SupportSystem.State;

/** Teams, and giving a conversation to one. */
final class TeamCases {

    private static final String TRANSFER = "transfer";

    private TeamCases() {
    }

    static List<Case> all() {
        return List.of(
                Case.must("teams", "teams", scene -> {
                    List<Team> teams = scene.done("teams", () -> scene.support.teams());
                    for (Team team : List.of(scene.account.team(), scene.account.otherTeam())) {
                        Mismatch.unless(teams.stream().anyMatch(t -> t.id().equals(team.id())
                                        && t.name().equalsIgnoreCase(team.name())),
                                "the team " + team.id() + ", " + team.name() + ", among the teams", teams,
                                "give back all teams, page after page; or correct account.yaml");
                    }
                }),
                Case.may("availability", "availability", scene -> plausible(scene.done("availability",
                        () -> scene.support.availability(scene.account.team())))).where(f -> f.can("availability")),
                Case.may("availability-inbox", "availability", scene -> plausible(scene.done("availability",
                        () -> scene.support.availability(null)))).where(f -> f.can("availability")),
                Case.may("state", TRANSFER, scene -> {
                    Map<String, String> refs = scene.conversation();
                    State state = scene.done("state", () -> scene.support.state(refs));
                    Mismatch.unless(state.status().equals("pending") && !Boolean.TRUE.equals(state.transferred()),
                            "status pending and transferred not true, before any transfer", state,
                            "do not show a conversation to agents before its transfer");
                }),
                Case.must(TRANSFER, TRANSFER, scene -> {
                    Map<String, String> refs = scene.conversation();
                    scene.transfer(scene.account.team(), refs);
                    transferred(scene, refs, scene.account.team());
                }),
                Case.must("transfer-again", TRANSFER, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.transfer(scene.account.team(), refs);
                    transferred(scene, refs, scene.account.team());
                }),
                Case.may("transfer-without-team", TRANSFER, scene -> {
                    Map<String, String> refs = scene.conversation();
                    scene.transfer(null, refs);
                    transferred(scene, refs, null);
                }),
                Case.may("transfer-unknown-team", TRANSFER, scene -> {
                    Map<String, String> refs = scene.conversation();
                    scene.failed(TRANSFER, Outcome.REJECTED, () -> {
                        scene.support.transfer(scene.account.unknownTeam(), refs);
                        return "the team " + scene.account.unknownTeam().id() + " does not exist";
                    });
                }));
    }

    private static void plausible(Availability found) {
        Mismatch.unless((found.agentsOnline() == null || found.agentsOnline() >= 0)
                        && (found.waiting() == null || found.waiting() >= 0) && !found.equals(new Availability(null, null, null)),
                "open, agentsOnline or waiting", found, "give back what is known; or do not declare availability");
    }

    private static void transferred(Scene scene, Map<String, String> refs, Team team) throws Exception {
        scene.seen(s -> {
            State state = s.done("state", () -> s.support.state(refs));
            Mismatch.unless(state.status().equals("open") && !Boolean.FALSE.equals(state.transferred()),
                    "status open and transferred not false, after the transfer", state,
                    "let transfer show the conversation to agents, and state see it");
            Mismatch.unless(team == null || state.team() == null || Objects.equals(state.team(), team.id()),
                    "the team " + (team == null ? null : team.id()), state.team(), "let transfer assign the team");
        });
    }
}
