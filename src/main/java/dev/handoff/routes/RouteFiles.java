package dev.handoff.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;

/** The YAML route files of the folders in use. */
class RouteFiles {

    static final String SUFFIX = ".camel.yaml";

    private final Path root;
    private final List<RouteFolders> sources;

    RouteFiles(Path root, List<RouteFolders> sources) {
        this.root = root;
        this.sources = sources;
    }

    Path root() {
        return root;
    }

    /**
     * All files, sorted within each folder.
     *
     * @throws ConfigurationRefused naming every folder that is missing or empty
     */
    List<Path> all() {
        List<Path> files = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        for (String folder : folders()) {
            Path path = root.resolve(folder);
            List<Path> found = Files.isDirectory(path) ? list(path) : List.of();
            if (!Files.isDirectory(path)) {
                problems.add(new Problem(path.toString(), "this folder of routes is missing. "
                        + "Start from the folder that holds routes/, or set handoff.routes to where it is."));
            } else if (found.isEmpty()) {
                problems.add(new Problem(path.toString(), "this folder holds no *" + SUFFIX + " file."));
            }
            files.addAll(found);
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationRefused(problems);
        }
        return files;
    }

    /** Whether an edit of this file concerns us. */
    boolean covers(Path file) {
        Path folder = file.toAbsolutePath().normalize().getParent();
        return file.getFileName().toString().endsWith(SUFFIX)
                && folders().stream().anyMatch(f -> root.resolve(f).toAbsolutePath().normalize().equals(folder));
    }

    /** What the folders' owners find wrong with a file. */
    List<Problem> problems(Path file, YamlFile routes) {
        return sources.stream().flatMap(source -> source.problems(file, routes).stream()).toList();
    }

    /** What the folders' owners find wrong with the files, each by itself and all together. */
    List<Problem> problems(List<Path> all) {
        Map<Path, YamlFile> files = new LinkedHashMap<>();
        all.forEach(file -> files.put(file, YamlFile.read(file)));
        List<Problem> problems = new ArrayList<>();
        files.forEach((file, routes) -> problems.addAll(problems(file, routes)));
        sources.forEach(source -> problems.addAll(source.problems(files)));
        return problems;
    }

    /** Ids of routes that must be there, each with its folder. */
    List<String> required() {
        return sources.stream().flatMap(source -> source.required().stream()).distinct().toList();
    }

    private List<String> folders() {
        return Stream.concat(Stream.of("handoff"), sources.stream().flatMap(source -> source.folders().stream()))
                .distinct().toList();
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX)).sorted().toList();
        } catch (IOException e) {
            throw new ConfigurationRefused(List.of(new Problem(folder.toString(), "cannot be listed.")));
        }
    }
}
