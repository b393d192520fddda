package dev.handoff.routes;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.Problem;

/** By which names the routes of a file are found, as {@code routes/support/README.md} states. */
public final class RouteNames {

    private RouteNames() {
    }

    /**
     * What is wrong with them.
     *
     * @param first  the id that the first route of the file must have
     * @param prefix what the ids of the others begin with
     */
    public static List<Problem> problems(YamlFile file, String first, String prefix) {
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < file.json().size(); i++) {
            JsonNode route = file.json().path(i).path("route");
            if (route.isMissingNode()) {
                problems.add(file.problem("must be a route, as '- route:'.", i));
                continue;
            }
            String id = route.path("id").asText();
            boolean again = !seen.add(id);
            if (i == 0 && !id.equals(first)) {
                problems.add(file.problem("the first route of this file must have the id " + first + ", not '" + id
                        + "'; or call the file after the route.", i, "route", "id"));
            } else if (again || !id.equals(first) && !id.startsWith(prefix)) {
                problems.add(file.problem("the id '" + id + "' must begin with '" + prefix + "' and be there once.", i,
                        "route", "id"));
            }
            if (!route.path("from").path("uri").asText().equals("direct:" + id)) {
                problems.add(file.problem("must be direct:" + id + ".", i, "route", "from", "uri"));
            }
        }
        return problems;
    }
}
