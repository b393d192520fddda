package dev.handoff.conformance;

import java.util.List;
import java.util.Map;

import dev.handoff.conformance.Scene.Heard;
import dev.handoff.session.Team;
import dev.handoff.support.SupportSystem.Levels;

/** How a conversation stands: status, team, assignee. */
final class LevelCases {

    private static final String GROUP = "levels";
    private static final String MEND = "see 'levels' of events-since in routes/support/README.md";

    private LevelCases() {
    }

    static List<Case> all() {
        return List.of(
                Case.must("levels-open", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.seen(s -> {
                        Levels levels = s.read(refs, null).levels();
                        Mismatch.unless(levels.status().equals("open") && levels.assignee() == null,
                                "status open, assignee null", levels, MEND);
                        if (levels.tellsTeam()) {
                            team(levels, s.account.team());
                        }
                    });
                }),
                Case.may("levels-assigned", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.people.assign(refs);
                    scene.seen(s -> assigned(s, refs));
                }),
                Case.may("levels-unassigned", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.people.assign(refs);
                    if (scene.keepsState()) {
                        scene.seen(s -> assigned(s, refs));
                    }
                    scene.people.unassign(refs);
                    scene.seen(s -> {
                        Levels levels = s.read(refs, null).levels();
                        Mismatch.unless(levels.assignee() == null, "assignee null: nobody has it", levels, MEND);
                    });
                }),
                Case.may("levels-team", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.people.team(refs);
                    scene.seen(s -> team(s.read(refs, null).levels(), s.account.otherTeam()));
                }),
                Case.must("levels-closed", GROUP, scene -> {
                    Map<String, String> refs = scene.handedOver();
                    scene.people.reply(refs, "Goodbye.");
                    scene.people.resolve(refs);
                    scene.seen(s -> {
                        Heard heard = s.read(refs, null);
                        Mismatch.unless(heard.levels().closed(), "status closed", heard.levels(), MEND);
                        Mismatch.unless(heard.saying("Goodbye.").size() == 1, "what was said before the closing",
                                heard.remarks(), "read the levels first, then the messages");
                    });
                })).stream().map(one -> one.where(file -> file.can("read"))).toList();
    }

    private static void assigned(Scene scene, Map<String, String> refs) throws Exception {
        Levels levels = scene.read(refs, null).levels();
        Map<String, Object> agent = scene.account.agent();
        Mismatch.unless(levels.assignee() != null && levels.assignee().id().equals(String.valueOf(agent.get("id")))
                        && String.valueOf(agent.get("name")).equals(levels.assignee().name()),
                "the assignee " + agent.get("id") + ", " + agent.get("name"), levels, MEND);
    }

    private static void team(Levels levels, Team team) {
        Mismatch.unless(levels.team() != null && levels.team().id().equals(team.id()), "the team " + team.id(), levels, MEND);
    }
}
