package dev.handoff.routes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.Problem;

/** The rules for route files that {@code routes/support/README.md} states, beyond Camel's schema. */
final class RouteRules {

    static final int LONGEST_ROUTE = 60;
    static final int LONGEST_SCRIPT = 10;
    /** One for all: to read Camel's schema takes long. */
    private static final RouteCheck CHECK = new RouteCheck();
    private static final Set<String> FORBIDDEN = Set.of("bean", "process", "script", "wireTap", "threads");
    private static final Set<String> FORBIDDEN_SCHEMES = Set.of("seda:", "bean:", "class:");

    private RouteRules() {
    }

    static List<Path> files(Path root) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param file {@code …/<folder>/<operation>.camel.yaml} */
    static List<Problem> problems(Path file, String text) {
        List<Problem> problems = new ArrayList<>(CHECK.problems(file.toString(), text));
        if (!problems.isEmpty()) {
            return problems;
        }
        YamlFile yaml = YamlFile.parse(file.toString(), text);
        String folder = file.getParent().getFileName().toString();
        String operation = file.getFileName().toString().replace(".camel.yaml", "");
        // The main line's own steps need no prefix: there is one of them.
        String prefix = folder.equals("handoff") ? "" : folder + "-";
        String expected = operation.equals(folder) || operation.startsWith(prefix) ? operation : prefix + operation;
        problems.addAll(RouteNames.problems(yaml, expected, prefix));
        for (int i = 0; i < yaml.json().size(); i++) {
            JsonNode route = yaml.json().get(i).path("route");
            if (route.isMissingNode()) {
                continue;
            }
            if (!route.path("id").asText().matches("[a-z0-9]+(-[a-z0-9]+)*")) {
                problems.add(yaml.problem("the id must be in lower case", i, "route", "id"));
            }
            if (route.path("description").asText().isBlank() || route.path("description").asText().contains("\n")) {
                problems.add(yaml.problem("needs a description of one line", i, "route", "description"));
            }
            int end = i + 1 < yaml.json().size() ? yaml.line(i + 1) : (int) text.lines().count();
            if (end - yaml.line(i) > LONGEST_ROUTE) {
                problems.add(yaml.problem("is longer than " + LONGEST_ROUTE + " lines; give a part a route of its own", i));
            }
        }
        RouteCheck.scripts(yaml, (path, script) -> {
            if (script.lines().count() > LONGEST_SCRIPT) {
                problems.add(yaml.problem("a script may have " + LONGEST_SCRIPT + " lines", path.toArray()));
            }
        });
        yaml.each((path, value) -> forbidden(yaml, path, value, problems));
        return problems;
    }

    private static void forbidden(YamlFile yaml, List<Object> path, JsonNode value, List<Problem> problems) {
        Object key = path.isEmpty() ? "" : path.get(path.size() - 1);
        if (key.equals("uri") && FORBIDDEN_SCHEMES.stream().anyMatch(value.asText()::startsWith)) {
            problems.add(yaml.problem(value.asText() + " is not for route sets", path.toArray()));
        }
        if (FORBIDDEN.contains(key)) {
            problems.add(yaml.problem(key + " is not for route sets", path.toArray()));
        }
    }
}
