package dev.handoff.conformance;

import java.util.ArrayList;
import java.util.List;

/** All cases, in the order of the report card. */
final class Suite {

    /** What is written for the kit. */
    static final String FILES = "files";
    static final List<String> GROUPS = List.of("users", "conversations", "messages", "find", "teams", "availability",
            "transfer", "close", "reopen", "reading", "levels", "sweep", "webhooks", "settings", "failures", "handoff",
            FILES);

    private Suite() {
    }

    static List<Case> of(SystemFile file, Account account, Placeholders placeholders) {
        List<Case> cases = new ArrayList<>();
        cases.addAll(OpeningCases.all());
        cases.addAll(PostCases.all());
        cases.addAll(FindCases.all());
        cases.addAll(TeamCases.all());
        cases.addAll(ClosingCases.all());
        cases.addAll(ReadCases.all());
        cases.addAll(LevelCases.all());
        cases.addAll(WebhookCases.all(file, account));
        cases.addAll(SettingCases.all(file));
        cases.addAll(FailureCases.all());
        cases.addAll(OwnCases.all(account, placeholders));
        cases.addAll(HandoffCases.all(file, account));
        return cases;
    }
}
