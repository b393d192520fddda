package dev.handoff.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.handoff.Problem;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route file that the project ships keeps to Camel's schema and to the rules of the routes' README. */
class RouteFilesTest {

    private static final String GOOD = """
            - route:
                id: desk-post
                description: Posts
                from:
                  uri: direct:desk-post
                  steps:
                    - setBody:
                        groovy: body.id
            """;

    @TestFactory
    Stream<DynamicTest> eachFile() {
        return RouteRules.files(Path.of("routes")).stream().map(file -> DynamicTest.dynamicTest(file.toString(),
                () -> assertThat(RouteRules.problems(file, Files.readString(file)).stream().map(Problem::toString)
                        .collect(Collectors.joining("\n"))).isEmpty()));
    }

    @Test
    void thereAreFiles() {
        assertThat(RouteRules.files(Path.of("routes/support"))).isNotEmpty();
    }

    @Test
    void aGoodFileHasNoFaults() throws IOException {
        assertThat(RouteRules.problems(Path.of("desk/post.camel.yaml"), GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "id: desk-post | id: desk-find | 2 | desk-post",
            "id: desk-post | id: Desk_Post | 2 | lower case",
            "description: Posts | description: '' | 3 | description",
            "uri: direct:desk-post | uri: direct:other | 5 | direct:desk-post",
            "- setBody: | - setBodyy: | 7 | setBodyy",
            "groovy: body.id | groovy: 'body.id ((' | 8 | groovy",
            "groovy: body.id | groovy: body.id: | 8 | YAML",
            "groovy: body.id | gruvy: body.id | 8 | did you mean groovy?",
            "steps: | stepz: | 6 | stepz",
            "groovy: body.id | groovy: \"1\\n\\n\\n\\n\\n\\n\\n\\n\\n\\n2\" | 8 | 10 lines",
            "setBody: | bean: {ref: x}, setBody: | 7 | ",
    })
    void faultsAreToldWithFileAndLine(String from, String to, int line, String word) {
        assertThat(RouteRules.problems(Path.of("desk/post.camel.yaml"), GOOD.replace(from, to)))
                .anySatisfy(problem -> {
                    assertThat(problem.key()).isEqualTo("desk/post.camel.yaml:" + line);
                    assertThat(problem.message()).contains(word == null ? "" : word);
                });
    }

    @Test
    void whatLeavesTheThreadOrNeedsJavaIsNotForRouteSets() {
        String yaml = GOOD + """
                        - to:
                            uri: seda:later
                        - bean:
                            ref: something
                """;
        assertThat(RouteRules.problems(Path.of("desk/post.camel.yaml"), yaml)).extracting(Problem::key)
                .containsExactlyInAnyOrder("desk/post.camel.yaml:10", "desk/post.camel.yaml:11");
    }
}
