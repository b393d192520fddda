package dev.handoff.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * The kit must be able to fail: a route set that is right passes, and each fault makes its own case red. Faults that
 * do not touch each other are tried together.
 */
class BrokenRoutesTest {

    private static final Path FIXTURE = Path.of("src/test/resources/conformance");
    private static final String ROUTES = "routes/support/example/";
    private static final String KIT = "support/example/";
    private static final Set<String> TRIED = Set.of("teams", "post-user", "find", "read-own", "read-note", "wrong-token",
            "signature-right", "signature-wrong", "signature: a message", "receive", "receive: a message",
            "receive-broken", "rejected");
    private static final Set<String> OWN = Set.of("own/locked", "own/made");

    @TempDir
    Path copy;

    /**
     * A change for the worse.
     *
     * @param red   the case that must fail
     * @param words what the report card must say of it
     */
    private record Fault(String file, String right, String wrong, String red, String words) {
    }

    @BeforeEach
    void copy() throws IOException {
        FileSystemUtils.copyRecursively(FIXTURE, copy);
        // Handoff does not start without its main line.
        FileSystemUtils.copyRecursively(Path.of("routes/handoff"), copy.resolve("routes/handoff"));
        edit(KIT + "account.yaml", "server: recorded",
                "server: recorded\npublished: " + FIXTURE.resolve("specs/example.yaml").toAbsolutePath());
    }

    @Test
    void whatIsRightPasses() {
        ReportCard card = run();

        assertThat(card.failed()).as(card.toString()).isEmpty();
        assertThat(card.count(Result.Outcome.PASSED)).isEqualTo(TRIED.size() - 3);
        assertThat(card.toString()).contains("rejected: cannot, this one is never tried", "sweep          not declared");
        assertThat(run(OWN).count(Result.Outcome.PASSED)).isEqualTo(OWN.size());
    }

    @Test
    void wrongRoutesAreFound() throws IOException {
        eachIsFound(
                // A private note, read as a public message.
                new Fault(ROUTES + "events-since.camel.yaml", "note: it.internal", "note: false",
                        "read-note", "the user reads it"),
                // Another mark than was given.
                new Fault(ROUTES + "post.camel.yaml", "mark: body.mark", "mark: body.mark + '.'",
                        "post-user", "/mark: recorded"),
                new Fault(ROUTES + "find.camel.yaml", "it.mark in variable.marks", "it.mark == variable.marks[0]", "find", "and of no other"),
                new Fault(ROUTES + "receive.camel.yaml", "body.conversation", "body.mark",
                        "receive: a message", "receive.yaml"),
                new Fault(ROUTES + "example-call.camel.yaml", "'Bearer ' + variable.settings.token", "'Bearer kit-token'",
                        "wrong-token", "header Authorization"));
    }

    @Test
    void misspeltFieldsAndEchoesAreFound() throws IOException {
        eachIsFound(
                // What the bot said comes back as a person's.
                new Fault(ROUTES + "events-since.camel.yaml", "mark: it.mark", "mark: null",
                        "read-own", "must not come back as an agent's"),
                // The description does not know it, although it allows it.
                new Fault(ROUTES + "post.camel.yaml", "internal: body.note", "internal: body.note, txt: body.text",
                        "post-user", "request at '/txt' is not described"),
                new Fault(ROUTES + "find.camel.yaml", "/messages\"", "/messages?since=1\"",
                        "find", "messages?since=1"),
                new Fault(ROUTES + "teams.camel.yaml", "constant: GET", "constant: POST", "teams", "POST /teams"),
                // The right secret, but nobody asked for it: the check goes by the teams too.
                new Fault(ROUTES + "example-call.camel.yaml", "variable.settings.token", "variable.settings.token",
                        "wrong-token", "POST /teams"),
                new Fault(ROUTES + "receive.camel.yaml", "body.conversation : null", "body.conversation : 77",
                        "receive-broken", "look whether it is what a webhook holds"));
    }

    @Test
    void wrongDeclarationsAndRecordingsAreFound() throws IOException {
        Files.delete(copy.resolve(KIT + "read-note.yaml"));
        eachIsFound(
                new Fault(KIT + "answers.yaml", "open:", "open:", "read-note", "there is no such file"),
                new Fault(KIT + "teams.yaml", "{id: 11, name: Travel}", "{id: eleven, name: Travel}",
                        "teams", "answer at '/*/id'"),
                new Fault(KIT + "post-user.yaml", "      body: {text:", "      bodi: {text:", "post-user", "bodi"),
                // Nothing excuses that what the bot said comes back.
                new Fault(KIT + "account.yaml", "cannot:\n", "cannot:\n  read-own: it cannot be helped\n",
                        "read-own", "no excuse"),
                new Fault(ROUTES + "system.yaml", "    setting: token\n", "", "wrong-token", "settings.token: "),
                new Fault(KIT + "receive.yaml", "- name: a message\n",
                        "- name: a message\n  headers: {X-Example-Signature: ab12}\n",
                        "signature: a message", "the vendor's signature is believed"));
    }

    @Test
    void whatCannotBePlayedIsToldWithoutWhatWasSentBefore() throws IOException {
        ReportCard card = eachIsFound(
                new Fault(KIT + "read-note.yaml", "like: open", "like: opened", "read-note", "an answer called opened"),
                new Fault(KIT + "find.yaml", "exchanges:", "exchanges: [", "find", "find.yaml:2: is not YAML"),
                new Fault(KIT + "receive.yaml", "- name: a message", "- name: [", "receive",
                        "receive.yaml:3: is not YAML"));

        assertThat(card.failed()).allSatisfy(failed -> assertThat(failed.sent()).isEmpty());
        assertThat(card.toString()).contains("correct the recording").doesNotContain("fault of the kit");
    }

    @Test
    void aCaseOfItsOwnIsJudgedByWhatItsFailureMeans() throws IOException {
        eachIsFound(OWN,
                // Without its own rule the answer means what it means by the table.
                new Fault(ROUTES + "system.yaml", "text: is locked", "text: is loked", "own/locked",
                        "rejected: Example refuses it (400)."),
                new Fault(ROUTES + "create-conversation.camel.yaml", "'/c/'", "'/d/'", "own/made", "/url: recorded"));
    }

    @Test
    void whatACaseOfItsOwnMustComeToIsNotPassedOver() throws IOException {
        eachIsFound(OWN,
                new Fault(KIT + "own/locked.yaml", "means: gone", "means: rejected", "own/locked",
                        "gone: the conversation is locked"),
                new Fault(KIT + "own/made.yaml", "gives:", "givs:", "own/made", "only the keys body, call"));
    }

    @Test
    void aCaseOfItsOwnHasItsLineInTheReportCard() throws IOException {
        eachIsFound(OWN,
                new Fault(KIT + "own/locked.yaml", "status: 400", "status: 201", "own/locked", "it fails as gone"),
                new Fault(KIT + "own/made.yaml", "group: conversations", "group: conversation", "own/made",
                        "as 'group' in"));
    }

    @Test
    void whatIsWrittenAndComesToNothingIsTold() throws IOException {
        copyOf("read-note.yaml", "read-notee.yaml");
        copyOf("read-note.yaml", "reopen.yaml");
        edit(KIT + "account.yaml", "cannot:\n", """
                known-differences:
                  - {call: /messages, at: /txt, says: is not described, because: this one is needed}
                  - {call: /messages, at: /tekst, says: is not described, because: there is no such field}
                cannot:
                """);
        edit(ROUTES + "post.camel.yaml", "internal: body.note", "internal: body.note, txt: body.text");
        edit(KIT + "post-user.yaml", "internal: false", "internal: false, txt: \"Hello, I need a room in Bern.\"");

        ReportCard card = eachIsFound(Set.of("post-user", "recordings"),
                new Fault(KIT + "read-notee.yaml", "like: open", "like: open", "recordings",
                        "support/example/read-notee.yaml; did you mean read-note?"));
        assertThat(card.toString()).contains("support/example/reopen.yaml").doesNotContain("/read-note.yaml");
        card = eachIsFound(Set.of("post-user", "known-differences"), new Fault(KIT + "post-user.yaml", "101", "102",
                "known-differences", "{call: \"/messages\", at: \"/tekst\""));
        assertThat(card.toString()).doesNotContain("/txt");
        assertThat(run(Set.of("teams", "known-differences")).failed()).hasSize(1);
        edit(KIT + "teams.yaml", "Travel", "Trevel");
        assertThat(run(Set.of("teams", "known-differences")).toString()).contains("known-differences: not tried");
    }

    @Test
    void whatTheDescriptionDoesNotKnowIsToldAsItIsToBeWrittenDown() throws IOException {
        edit(ROUTES + "post.camel.yaml", "internal: body.note", "internal: body.note, txt: body.text");

        assertThat(run(Set.of("post-user")).toString()).contains("- {call: \"POST /conversations/{id}/messages\", "
                + "at: \"/txt\", says: \"is not described\", because: \"why the description is wrong\"}");

        edit(KIT + "account.yaml", "cannot:\n",
                "known-differences:\n  - {call: /messages, say: is not described}\ncannot:\n");
        assertThatThrownBy(this::account).isInstanceOf(NotReady.class).hasMessageContaining("this one has call, say");
    }

    @Test
    void recordingsThatAreMissingAreListedOnce() throws IOException {
        for (String name : List.of("read-own", "read-note", "find")) {
            Files.delete(copy.resolve(KIT + name + ".yaml"));
        }
        String card = run().toString();

        assertThat(card).contains("MISSING 3 recordings", "support/example/read-own.yaml\n",
                        "support/example/find.yaml\n", "find            0 of 1   FAILED: find")
                .doesNotContain("FAILED find", "there is no such file");
    }

    @Test
    void aRefThatDiffersMayBeWrongInTheAccount() throws IOException {
        edit(KIT + "account.yaml", "{person: \"kit:u-1\"}", "{person: \"kit:u-3\"}");
        edit(KIT + "account.yaml", "conversation: \"77\"", "conversation: \"78\"");

        assertThat(run(Set.of("own/made")).toString()).contains("/person: recorded", "or 'refs' in account.yaml");
        assertThat(run(Set.of("own/locked")).toString()).contains("POST /conversations/78/messages",
                "or 'refs' in account.yaml");
        edit(KIT + "account.yaml", "conversation: \"78\"", "conversation: \"77\"");
        edit(KIT + "own/locked.yaml", "text: Thanks, author", "text: Thank you, author");
        assertThat(run(Set.of("own/locked")).toString()).contains("/text: recorded").doesNotContain("or 'refs'");
    }

    @Test
    void whatIsSharedIsReadForEachCase() throws IOException {
        edit(KIT + "answers.yaml", "open:", "open: {");

        assertThat(run().toString()).contains("FAILED read-own", "FAILED find", "answers.yaml:2: is not YAML");
    }

    @Test
    void anAccountThatIsNotYamlIsToldWithItsLine() throws IOException {
        edit(KIT + "account.yaml", "team: {", "team: [");

        assertThatThrownBy(this::account).isInstanceOf(NotReady.class)
                .hasMessageMatching("(?s).*account.yaml:\\d+: is not YAML.*");
    }

    @Test
    void aFolderWithoutAnAccountIsToldWhatToWrite() throws IOException {
        Files.delete(copy.resolve(KIT + "account.yaml"));

        assertThatThrownBy(this::account).isInstanceOf(NotReady.class)
                .hasMessageContaining("example/account.yaml").hasMessageContaining("server: recorded");
    }

    private ReportCard eachIsFound(Fault... faults) throws IOException {
        return eachIsFound(TRIED, faults);
    }

    private ReportCard eachIsFound(Set<String> tried, Fault... faults) throws IOException {
        for (Fault fault : faults) {
            edit(fault.file(), fault.right(), fault.wrong());
        }
        ReportCard card = run(tried);
        List<String> red = Arrays.stream(faults).map(Fault::red).toList();
        assertThat(card.failed()).as(card.toString()).extracting(Result::name).containsExactlyInAnyOrderElementsOf(red);
        for (Fault fault : faults) {
            Result failed = card.failed().stream().filter(result -> result.name().equals(fault.red())).findFirst()
                    .orElseThrow();
            StringBuilder shown = new StringBuilder();
            ReportCard.failure(shown, failed);
            assertThat(shown.toString()).contains("FAILED " + fault.red(), fault.words(), "expected", "mend");
        }
        return card;
    }

    private Account account() {
        return Account.read(copy.resolve("support/example"), copy.resolve("routes/support"));
    }

    private ReportCard run() {
        return run(TRIED);
    }

    private ReportCard run(Set<String> tried) {
        return Kit.run(account(), one -> tried.contains(one.name()));
    }

    private void copyOf(String file, String name) throws IOException {
        Files.copy(copy.resolve(KIT + file), copy.resolve(KIT + name));
    }

    private void edit(String file, String right, String wrong) throws IOException {
        String text = Files.readString(copy.resolve(file));
        assertThat(text).contains(right);
        Files.writeString(copy.resolve(file), text.replace(right, wrong));
    }
}
