package dev.handoff.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The kit against an account that somebody configured, played by a sandbox with teams and tokens of its own. */
class LiveAccountTest {

    private static final Set<String> TRIED = Set.of("teams", "post-user", "transfer", "read-reply", "receive: typing");

    @TempDir
    Path folder;

    @Test
    void aConnectionOfTheConfigurationIsTried() throws IOException {
        Account account = onTheSandbox();
        SandboxSeed seed = SandboxSeed.standard().withTeams(List.of(
                new SandboxSeed.Team(91, "North", List.of(2L), false), new SandboxSeed.Team(92, "South", List.of(3L), false)));
        try (SandboxServer desk = new SandboxServer(0, seed)) {
            desk.start();
            Path file = Files.writeString(folder.resolve("application.yaml"), """
                    handoff:
                      connections:
                        desk:
                          system: %s
                          # baseurl: as an environment variable names it
                          settings: {baseurl: "http://127.0.0.1:%d", accountid: 1, inbox-id: 1, token: sandbox}
                    """.formatted(account.system(), desk.port()));

            ReportCard card = Kit.run(account, LiveAccount.connection("desk", file), one -> TRIED.contains(one.name()));

            assertThat(card.failed()).as(card.toString()).isEmpty();
            assertThat(card.count(Result.Outcome.PASSED)).isEqualTo(3);
            assertThat(card.toString()).contains("read-reply: not tried, in this account nobody did it",
                    "receive: typing: not tried");
            assertThat(desk.view().all()).hasSize(3).anyMatch(seen -> "north".equalsIgnoreCase(seen.team()));
            assertThatThrownBy(() -> LiveAccount.connection("other", file)).isInstanceOf(NotReady.class)
                    .hasMessageContaining("There is no connection other");
        }
    }

    private static Account onTheSandbox() throws IOException {
        try (Stream<Path> folders = Files.list(Account.FILES)) {
            return folders.filter(Files::isDirectory).map(each -> Account.read(each, Account.ROUTES))
                    .filter(each -> each.server().equals("sandbox")).findFirst().orElseThrow();
        }
    }
}
