package dev.handoff.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;
import dev.handoff.routes.RouteTargets;
import dev.handoff.routes.YamlFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Every route set that the project ships has what it declares, and is named as it must be. */
class RouteSetsTest {

    private static final Path FOLDER = Path.of("routes/support");

    static Stream<String> systems() {
        return new SystemDescriptions(FOLDER).names().stream();
    }

    @ParameterizedTest(name = "routes/support/{0}")
    @MethodSource("systems")
    void fitsItsDescription(String system) throws IOException {
        List<Problem> problems = new ArrayList<>();
        try {
            problems.addAll(problems(system));
        } catch (ConfigurationRefused e) {
            problems.addAll(e.problems());
        }

        assertThat(problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))).isEmpty();
    }

    private static List<Problem> problems(String system) throws IOException {
        RouteSetRules rules = new RouteSetRules(new SystemDescriptions(FOLDER).read(system));
        Map<Path, YamlFile> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.list(FOLDER.resolve(system))) {
            all.filter(file -> file.toString().endsWith(RouteSetRules.SUFFIX)).sorted()
                    .forEach(file -> files.put(file, YamlFile.read(file)));
        }
        List<Problem> problems = new ArrayList<>(rules.operations(FOLDER.resolve(system), files));
        files.forEach((file, routes) -> problems.addAll(rules.names(file, routes)));
        problems.addAll(RouteTargets.problems(files.values(), files.values()));
        return problems;
    }
}
