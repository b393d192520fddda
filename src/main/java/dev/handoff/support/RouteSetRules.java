package dev.handoff.support;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import dev.handoff.Problem;
import dev.handoff.routes.RouteNames;
import dev.handoff.routes.YamlFile;

/**
 * What a folder of routes must be called and hold to be a support system: every operation that its {@code system.yaml}
 * declares, none that it does not, and names by which each is found.
 */
class RouteSetRules {

    static final String SUFFIX = ".camel.yaml";
    private static final List<String> ALWAYS =
            List.of("create-user", "create-conversation", "post", "teams", "transfer", "state", "close", "check");
    private static final String WEBHOOK = "webhook";
    /** Operations that are there if the system has the capability; {@code receive}, if it sends webhooks. */
    private static final Map<String, String> DECLARED_BY = declaredBy();

    private final SystemDescription system;

    RouteSetRules(SystemDescription system) {
        this.system = system;
    }

    private static Map<String, String> declaredBy() {
        Map<String, String> capabilities = new LinkedHashMap<>();
        capabilities.put("find", "find");
        capabilities.put("availability", "availability");
        capabilities.put("receive", WEBHOOK);
        capabilities.put("events-since", "read");
        capabilities.put("changed-since", "sweep");
        capabilities.put("reopen", "reopen");
        return capabilities;
    }

    /** Whether the system has what this operation belongs to. */
    private boolean has(String operation) {
        return switch (operation) {
            case "find" -> system.capabilities().find();
            case "availability" -> system.availability();
            case "receive" -> system.webhook() != null;
            case "events-since" -> system.capabilities().read();
            case "changed-since" -> system.capabilities().sweep();
            case "reopen" -> system.capabilities().reopen();
            default -> ALWAYS.contains(operation);
        };
    }

    /** What is wrong with the names in one file. */
    List<Problem> names(Path file, YamlFile routes) {
        String prefix = system.name() + "-";
        String name = file.getFileName().toString().replace(SUFFIX, "");
        return RouteNames.problems(routes, name.startsWith(prefix) ? name : prefix + name, prefix);
    }

    /** Operations that are missing, and operations that are not declared. */
    List<Problem> operations(Path folder, Map<Path, YamlFile> files) {
        YamlFile description = YamlFile.read(folder.resolve(SystemDescriptions.FILE));
        Map<String, Problem> there = new LinkedHashMap<>();
        files.forEach((file, routes) -> collect(routes, there));
        List<Problem> problems = new ArrayList<>();
        Stream.concat(ALWAYS.stream(), DECLARED_BY.keySet().stream()).forEach(operation -> {
            Problem route = there.get(system.name() + "-" + operation);
            if (has(operation) && route == null) {
                problems.add(missing(description, operation, there.keySet()));
            } else if (!has(operation) && route != null) {
                problems.add(new Problem(route.key(), "this operation is not declared: write "
                        + declaration(operation) + " into system.yaml, or take the file away."));
            }
        });
        if (system.capabilities().sweep() && !system.capabilities().read()) {
            problems.add(description.problem("what has changed can only be told if conversations can be read: "
                    + "write read: true, and add events-since" + SUFFIX + ".", "capabilities", "sweep"));
        }
        if (system.webhook() != null && !system.capabilities().read()) {
            problems.add(description.problem("a webhook only tells where something may be new: write read: true, and add"
                    + " events-since" + SUFFIX + ".", WEBHOOK));
        }
        return problems;
    }

    /** Route ids, each as a problem that has its place. */
    private static void collect(YamlFile routes, Map<String, Problem> there) {
        for (int i = 0; i < routes.json().size(); i++) {
            String id = routes.json().path(i).path("route").path("id").asText();
            there.put(id, routes.problem("", i, "route", "id"));
        }
    }

    private Problem missing(YamlFile description, String operation, Set<String> there) {
        String route = system.name() + "-" + operation;
        String needs = " needs a route with the id " + route + ", in " + operation + SUFFIX
                + "; the README in routes/support says what it must do. The routes here are: "
                + String.join(", ", new TreeSet<>(there)) + ".";
        String declared = DECLARED_BY.get(operation);
        if (declared == null) {
            return description.problem("every system" + needs, "title");
        }
        return declared.equals(WEBHOOK) ? description.problem("'webhook'" + needs, WEBHOOK)
                : description.problem("'" + declared + ": true'" + needs, "capabilities", declared);
    }

    private static String declaration(String operation) {
        String declared = DECLARED_BY.get(operation);
        return declared.equals(WEBHOOK) ? "how webhooks are signed (webhook: …)" : "capabilities." + declared + ": true";
    }
}
