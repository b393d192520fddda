package dev.handoff.routes;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import dev.handoff.Problem;

/** Which folders of routes are in use. All beans of this type together say what is loaded and watched. */
public interface RouteFolders {

    /** Folders below {@code handoff.routes}, such as {@code support/<system>}. Each must exist and hold routes. */
    List<String> folders();

    /** Ids of routes that must be there once the folders are loaded, each with its folder: {@code folder/id}. */
    default List<String> required() {
        return List.of();
    }

    /** What is wrong with a file of these folders beyond Camel's rules, with file and line; it is not loaded then. */
    default List<Problem> problems(Path file, YamlFile routes) {
        return List.of();
    }

    /** What is missing or too much among all files that are there at the start, with file and line. */
    default List<Problem> problems(Map<Path, YamlFile> files) {
        return List.of();
    }
}
