package dev.handoff.routes;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.Nearest;
import dev.handoff.Problem;

/** Where the steps of route files lead. Camel finds out that a route is not there when the step is reached. */
public final class RouteTargets {

    private static final String DIRECT = "direct:";
    private static final Set<Object> ADDRESSES = Set.of("uri", "to", "toD");

    private RouteTargets() {
    }

    /**
     * The steps of these files to a {@code direct:} with which no route begins. An address that is put together when
     * the step is reached cannot be told.
     *
     * @param all the files whose routes they may lead to
     */
    public static List<Problem> problems(Collection<YamlFile> files, Collection<YamlFile> all) {
        Set<String> offered = new TreeSet<>();
        all.forEach(file -> file.json().forEach(
                route -> offered.add(route.path("route").path("from").path("uri").asText())));
        List<Problem> problems = new ArrayList<>();
        files.forEach(file -> file.each((path, value) -> {
            if (isStep(path) && isFixed(value) && !offered.contains(address(value))) {
                problems.add(file.problem("no route begins with " + address(value)
                        + Nearest.advice(address(value), offered), path.toArray()));
            }
        }));
        return problems;
    }

    /** Where a route begins is a matter of its name. */
    private static boolean isStep(List<Object> path) {
        int last = path.size() - 1;
        return last > 0 && ADDRESSES.contains(path.get(last)) && !path.get(last - 1).equals("from");
    }

    private static boolean isFixed(JsonNode value) {
        return value.asText().startsWith(DIRECT) && !value.asText().contains("{");
    }

    private static String address(JsonNode value) {
        return value.asText().replaceAll("\\?.*", "");
    }
}
