package dev.handoff.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.handoff.Problem;
import dev.handoff.routes.RouteFolders;
import dev.handoff.routes.RouteTargets;
import dev.handoff.routes.YamlFile;

/** The folders of the systems that are in use, and what each must hold. */
class SupportRoutes implements RouteFolders {

    private static final String FOLDER = "support";

    private final Map<String, SystemDescription> systems = new LinkedHashMap<>();

    SupportRoutes(List<Connection> connections) {
        connections.forEach(connection -> systems.put(connection.system().name(), connection.system()));
    }

    @Override
    public List<String> folders() {
        return systems.keySet().stream().map(system -> FOLDER + "/" + system).toList();
    }

    @Override
    public List<Problem> problems(Path file, YamlFile routes) {
        SystemDescription system = systemOf(file);
        return system == null ? List.of() : new RouteSetRules(system).names(file, routes);
    }

    @Override
    public List<Problem> problems(Map<Path, YamlFile> files) {
        Map<Path, Map<Path, YamlFile>> folders = new LinkedHashMap<>();
        files.forEach((file, routes) -> {
            if (systemOf(file) != null) {
                folders.computeIfAbsent(file.getParent(), folder -> new LinkedHashMap<>()).put(file, routes);
            }
        });
        List<Problem> problems = new ArrayList<>();
        folders.forEach((folder, own) -> problems.addAll(
                new RouteSetRules(systems.get(folder.getFileName().toString())).operations(folder, own)));
        problems.addAll(RouteTargets.problems(
                folders.values().stream().flatMap(own -> own.values().stream()).toList(), files.values()));
        return problems;
    }

    /** Null if the file is not one of a support system. */
    private SystemDescription systemOf(Path file) {
        Path folder = file.getParent();
        boolean support = folder.getParent() != null && folder.getParent().getFileName() != null
                && folder.getParent().getFileName().toString().equals(FOLDER);
        return support ? systems.get(folder.getFileName().toString()) : null;
    }
}
