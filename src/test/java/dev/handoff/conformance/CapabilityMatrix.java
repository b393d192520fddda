package dev.handoff.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code docs/support-systems.md}: what each support system can do, from the {@code system.yaml} files. */
final class CapabilityMatrix {

    static final Path FILE = Path.of("docs/support-systems.md");
    static final String COMMAND = "mvn test -Dtest=CapabilityMatrixTest -Dmatrix=write";

    private static final String TEMPLATE = "template";

    private record Row(String words, Function<SystemFile, String> value) {
    }

    private CapabilityMatrix() {
    }

    /** @param routes the folder that holds the systems' folders */
    static String of(Path routes) {
        List<Path> folders;
        try (Stream<Path> all = Files.list(routes)) {
            folders = all.filter(folder -> Files.exists(folder.resolve("system.yaml")))
                    .filter(folder -> !folder.getFileName().toString().equals(TEMPLATE)).sorted().toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        List<SystemFile> systems = folders.stream().map(SystemFile::read).toList();
        StringBuilder page = new StringBuilder("""
                # Support systems

                What each system can do, as its `system.yaml` declares it. What one lacks, Handoff does without: choices
                become numbered lines, a time goes into the text, a conversation that cannot be swept is read by itself.
                `mvn test -Dsupport=<folder>` tries all of it; see `src/test/resources/support/README.md`.

                This page is written by `%s`.

                """.formatted(COMMAND));
        line(page, "", systems.stream().map(SystemFile::title).toList());
        line(page, "---", systems.stream().map(system -> "---").toList());
        line(page, "folder", folders.stream().map(folder -> "`routes/support/" + folder.getFileName() + "`").toList());
        for (Row row : rows()) {
            line(page, row.words(), systems.stream().map(row.value()).toList());
        }
        page.append('\n');
        systems.forEach(system -> page.append("**").append(system.title()).append("**: ")
                .append(system.json().path("description").asText().strip().replaceAll("\\s+", " ")).append("\n\n"));
        return page.toString().stripTrailing() + "\n";
    }

    private static List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        yes(rows, "private notes", "notes");
        yes(rows, "a message is found again after an unknown outcome", "find");
        yes(rows, "conversations can be read", "read");
        yes(rows, "tells which conversations have changed", "sweep");
        yes(rows, "a closed conversation opens again", "reopen");
        yes(rows, "tells whether a team is there", "availability");
        yes(rows, "original times", "original-times");
        yes(rows, "attachments", "attachments");
        yes(rows, "typing", "typing");
        yes(rows, "texts are HTML there", "html");
        rows.add(new Row("the team is needed", system -> capability(system, "transfer").asText("any-time")
                .equals("at-opening") ? "when it is opened" : "at the transfer"));
        rows.add(new Row("longest text", system -> String.format(java.util.Locale.ROOT, "%,d", system.longestText())));
        rows.add(new Row("messages a minute in a conversation",
                system -> capability(system, "messages-per-minute").asText("no limit")));
        rows.add(new Row("a lost call is visible within", system -> capability(system, "settles-in").asText()));
        rows.add(new Row("webhooks", system -> system.webhook().isMissingNode() ? "none"
                : system.webhook().path("algorithm").asText() + " in `" + system.webhook().path("header").asText() + "`"));
        return rows;
    }

    private static void yes(List<Row> rows, String words, String capability) {
        rows.add(new Row(words, system -> system.can(capability) ? "yes" : "no"));
    }

    private static JsonNode capability(SystemFile system, String name) {
        return system.json().path("capabilities").path(name);
    }

    private static void line(StringBuilder page, String first, List<String> cells) {
        page.append("| ").append(first).append(" | ").append(String.join(" | ", cells)).append(" |\n");
    }
}
