package dev.handoff.conformance;

import java.util.ArrayList;
import java.util.List;

import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystem.Check;

/** Each setting tried, right and wrong, said so that a person can mend it. */
final class SettingCases {

    private static final String GROUP = "settings";

    private SettingCases() {
    }

    static List<Case> all(SystemFile file) {
        List<Case> cases = new ArrayList<>();
        cases.add(Case.must("check", GROUP, scene -> {
            List<Check> checks = scene.done("check", () -> scene.support.check());
            Mismatch.unless(!checks.isEmpty(), "a list of what was tried", "it is empty", "try the settings one after another");
            checks.forEach(check -> {
                Mismatch.unless(check.ok(), "all settings are well", check, "mend check, or account.yaml");
                Mismatch.unless(scene.file.hasSetting(check.setting()), "the name of a setting", check.setting(),
                        "name it as system.yaml does");
                scene.secretsAreKept(check.message());
            });
        }));
        file.credentials().forEach(credential -> cases.add(Case.must(RunningRoutes.WRONG + credential, GROUP, scene -> {
            SupportSystem wrong = scene.connection(RunningRoutes.WRONG + credential);
            CallFailed failed = refused(scene, wrong);
            Mismatch.unless(failed.getMessage().startsWith("settings." + credential + ": "),
                    "a message that begins with settings." + credential + ": ", failed.getMessage(),
                    "name the setting in 'outcomes' of system.yaml");
            List<Check> checks = scene.done("check", wrong::check);
            Mismatch.unless(checks.stream().anyMatch(check -> !check.ok() && credential.equals(check.setting())),
                    "a check that says that " + credential + " is wrong", checks, "let check use it, and name it");
        })));
        cases.add(Case.must("check-unreachable", GROUP, scene -> {
            List<Check> checks = scene.done("check", () -> scene.connection(RunningRoutes.UNREACHABLE).check());
            Mismatch.unless(checks.stream().anyMatch(check -> !check.ok()), "a check that says that the address leads nowhere",
                    checks, "let check call the system");
        }).unrecorded());
        return cases;
    }

    /** Where one secret is for the teams, and another one for the conversations, a person is asked for. */
    private static CallFailed refused(Scene scene, SupportSystem wrong) throws Exception {
        try {
            wrong.teams();
        } catch (CallFailed sameSecret) {
            return scene.failed("teams", Outcome.MISCONFIGURED, () -> {
                throw sameSecret;
            });
        }
        return scene.failed("create-user", Outcome.MISCONFIGURED,
                () -> wrong.createUser(scene.in.ana(), scene.in.userMark("u-1")));
    }
}
