package dev.handoff.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

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

    @ParameterizedTest
    @MethodSource("systems")
    void fitsItsDescription(String system) throws IOException {
        RouteSetRules rules = new RouteSetRules(new SystemDescriptions(FOLDER).read(system));
        Map<Path, YamlFile> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.list(FOLDER.resolve(system))) {
            all.filter(file -> file.toString().endsWith(RouteSetRules.SUFFIX)).sorted()
                    .forEach(file -> files.put(file, YamlFile.read(file)));
        }

        assertThat(rules.operations(FOLDER.resolve(system), files)).isEmpty();
        assertThat(files.entrySet()).allSatisfy(file ->
                assertThat(rules.names(file.getKey(), file.getValue())).isEmpty());
    }
}
