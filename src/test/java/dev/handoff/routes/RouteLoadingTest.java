package dev.handoff.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What is refused before the application starts. */
class RouteLoadingTest {

    private static final String ROUTE = """
            - route:
                id: desk-post
                description: Posts
                from:
                  uri: direct:desk-post
                  steps:
                    - setBody:
                        constant: posted
            """;

    @TempDir
    private Path root;

    @BeforeEach
    void mainLine() throws IOException {
        write("handoff/main.camel.yaml", ROUTE.replace("desk-post", "handoff-main"));
        write("support/desk/post.camel.yaml", ROUTE);
    }

    @Test
    void loadsTheFoldersInUseAndNoOthers() throws Exception {
        write("support/other/post.camel.yaml", "- nonsense");

        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            load(camel, List.of("support/desk/desk-post"));
            camel.start();
            assertThat(camel.createProducerTemplate().requestBody("direct:desk-post", null, String.class))
                    .isEqualTo("posted");
        }
    }

    @Test
    void aMissingFolderIsNamed() throws Exception {
        Files.delete(root.resolve("support/desk/post.camel.yaml"));
        assertThat(refused(List.of())).extracting(Problem::key)
                .containsExactly(root.resolve("support/desk").toString());
        Files.delete(root.resolve("support/desk"));
        assertThat(refused(List.of())).singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("missing", "handoff.routes"));
    }

    @Test
    void aMissingRouteIsNamed() throws Exception {
        assertThat(refused(List.of("support/desk/desk-find"))).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(root.resolve("support/desk").toString());
            assertThat(problem.message()).contains("desk-find");
        });
    }

    @Test
    void aBrokenFileIsNamedWithItsLine() throws Exception {
        write("support/desk/post.camel.yaml", ROUTE.replace("constant: posted", "konstant: posted"));

        assertThat(refused(List.of())).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo(root.resolve("support/desk/post.camel.yaml") + ":8");
            assertThat(problem.message()).contains("konstant");
        });
    }

    private List<Problem> refused(List<String> required) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            ConfigurationRefused refused =
                    catchThrowableOfType(ConfigurationRefused.class, () -> load(camel, required));
            assertThat(refused).as("the start is refused").isNotNull();
            return refused.problems();
        }
    }

    private void load(DefaultCamelContext camel, List<String> required) {
        RouteFolders folders = new RouteFolders() {
            @Override
            public List<String> folders() {
                return List.of("support/desk");
            }

            @Override
            public List<String> required() {
                return required;
            }
        };
        new RouteLoading(new RouteFiles(root, List.of(folders)), new RouteCheck(), new RouteGate())
                .beforeApplicationStart(camel);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
