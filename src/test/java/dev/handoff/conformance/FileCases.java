package dev.handoff.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.handoff.Nearest;

/** What is written for the kit and comes to nothing: a name in it may be misspelt. */
final class FileCases {

    private static final Set<String> OTHERS = Set.of(Account.NAME, Recording.SHARED, WebhookCases.FILE, People.FILE);
    private static final String ENDING = ".yaml";

    private FileCases() {
    }

    /**
     * @param suite  the cases that are declared
     * @param failed whether one of them has failed
     */
    static List<Case> all(Account account, List<Case> suite, Conformity conformity, BooleanSupplier failed) {
        List<Case> cases = new ArrayList<>();
        if (account.isRecorded()) {
            cases.add(Case.must("recordings", Suite.FILES, scene -> recordings(account, suite)).unrecorded());
        }
        cases.add(Case.must("known-differences", Suite.FILES,
                scene -> differences(account, conformity, failed.getAsBoolean())).unrecorded());
        return cases;
    }

    private static void recordings(Account account, List<Case> suite) throws IOException {
        Set<String> asked = suite.stream().filter(Case::recorded)
                .filter(one -> one.must() || account.cannot(one.name()) == null).map(Case::name)
                .collect(Collectors.toSet());
        List<String> idle;
        try (Stream<Path> files = Files.list(account.folder())) {
            idle = files.map(file -> file.getFileName().toString())
                    .filter(file -> file.matches(".*\\.ya?ml") && !OTHERS.contains(file))
                    .filter(file -> !file.endsWith(ENDING) || !asked.contains(caseOf(file))).sorted()
                    .map(file -> account.file(file) + Nearest.advice(caseOf(file), asked)).toList();
        }
        Mismatch.unless(idle.isEmpty(), "a case for each recording", String.join("; ", idle),
                "correct the name: the cases stand in " + Account.FILES + "/README.md; or delete the file, if its case is "
                        + "not declared in system.yaml, or stands under 'cannot' in " + Account.NAME);
    }

    private static String caseOf(String file) {
        return file.replaceAll("\\.ya?ml$", "");
    }

    private static void differences(Account account, Conformity conformity, boolean failed) {
        List<Account.Known> idle = conformity.idle();
        if (idle.isEmpty()) {
            return;
        }
        if (failed || account.isLive() || !conformity.compares()) {
            throw new NotTried(failed ? "what the failed cases would have sent is not known"
                    : "it needs the cases of " + Account.NAME + ", and the published description");
        }
        throw new Mismatch("a difference for each of 'known-differences' in " + account.file(Account.NAME),
                idle.stream().map(Account.Known::toString).collect(Collectors.joining("; ")) + " explains none",
                "correct 'call', 'at' or 'says'; or take it away, the description is right by now");
    }
}
