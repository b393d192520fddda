package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.platform.commons.annotation.Testable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The fault list in {@code docs/guarantees.md}: each case names a test that is there and carries the case's name, or
 * says why it needs none.
 */
class FaultListTest {

    private static final Path GUARANTEES = Path.of("docs/guarantees.md");
    private static final String HEADING = "## The fault list";
    private static final Pattern REFERENCE = Pattern.compile("`([\\w.]+)#(\\w+)`");

    /** One line of the table. */
    private record Case(String name, String proof) {
    }

    @TestFactory
    Stream<DynamicTest> everyCaseHasItsTest() throws IOException {
        return cases().stream().map(one -> DynamicTest.dynamicTest(one.name(), () -> check(one)));
    }

    @Test
    void theListIsWholeAndEachCaseStandsOnce() throws IOException {
        List<String> names = cases().stream().map(Case::name).toList();
        assertThat(names).hasSizeGreaterThanOrEqualTo(36).doesNotHaveDuplicates();
    }

    private static void check(Case one) throws Exception {
        Map<String, String> tests = new LinkedHashMap<>();
        Matcher reference = REFERENCE.matcher(one.proof());
        while (reference.find()) {
            tests.put(reference.group(), names(reference.group(1), reference.group(2)));
        }
        if (tests.isEmpty()) {
            assertThat(one.proof().length()).as("a reason in words, where there is no test").isGreaterThan(30);
        } else {
            assertThat(tests.values()).as("tests of '%s' that carry its name", one.name())
                    .anyMatch(name -> name.contains(letters(one.name())));
        }
    }

    /** What the test is called, by its method and in words. */
    private static String names(String type, String method) throws ClassNotFoundException {
        Method found = Arrays.stream(Class.forName("dev.handoff." + type).getDeclaredMethods())
                .filter(one -> one.getName().equals(method) && AnnotationSupport.isAnnotated(one, Testable.class))
                .findFirst()
                .orElseThrow(() -> new AssertionError("There is no test " + type + "#" + method));
        DisplayName words = found.getAnnotation(DisplayName.class);
        return letters(method) + " " + (words == null ? "" : letters(words.value()));
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(GUARANTEES)) {
            if (line.startsWith("## ")) {
                inside = line.equals(HEADING);
            } else if (inside && line.startsWith("| ") && !line.startsWith("| case |")) {
                String[] cells = line.substring(2, line.length() - 1).split(" \\| ", 2);
                cases.add(new Case(cells[0].strip(), cells[1].strip()));
            }
        }
        return cases;
    }
}
