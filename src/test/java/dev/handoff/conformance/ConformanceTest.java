package dev.handoff.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance kit for each folder of {@code routes/support} that has one in {@code src/test/resources/support};
 * with {@code -Dsupport=<folder>} for this one. It is described there, in {@code README.md}.
 */
class ConformanceTest {

    @TestFactory
    List<DynamicNode> eachSystem() throws IOException {
        List<DynamicNode> nodes = new ArrayList<>();
        for (String system : systems()) {
            nodes.add(DynamicContainer.dynamicContainer(system, cases(system)));
        }
        return nodes;
    }

    private static List<String> systems() throws IOException {
        String asked = System.getProperty("support");
        if (asked != null) {
            return List.of(asked);
        }
        try (Stream<Path> folders = Files.list(Account.FILES)) {
            return folders.filter(Files::isDirectory).map(folder -> folder.getFileName().toString()).sorted().toList();
        }
    }

    private static List<DynamicTest> cases(String system) {
        try {
            Account account = Account.read(Account.FILES.resolve(system), Account.ROUTES);
            String connection = System.getProperty("connection");
            ReportCard card = connection == null ? Kit.run(account) : Kit.run(account,
                    LiveAccount.connection(connection), one -> true);
            System.out.println(card);
            return tests(card);
        } catch (NotHere e) {
            System.out.println("Skipped: the conformance kit for " + system + ": " + e.getMessage());
            return List.of();
        } catch (NotReady e) {
            return List.of(DynamicTest.dynamicTest("account", () -> fail(e.getMessage())));
        }
    }

    private static List<DynamicTest> tests(ReportCard card) {
        List<DynamicTest> tests = new ArrayList<>();
        if (!card.unrecorded().isEmpty()) {
            tests.add(DynamicTest.dynamicTest("missing recordings", () -> fail("see the report card: "
                    + card.unrecorded().size() + " recordings are missing")));
        }
        card.results().stream().filter(result -> !result.lacksRecording())
                .forEach(result -> tests.add(DynamicTest.dynamicTest(result.name(), () -> judge(result))));
        return tests;
    }

    private static void judge(Result result) {
        if (result.failed()) {
            fail("see the report card: " + result.problems().get(0).getMessage() + "; found: "
                    + result.problems().get(0).got());
        }
        assertThat(result.problems()).isEmpty();
    }
}
