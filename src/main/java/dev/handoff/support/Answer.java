package dev.handoff.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.handoff.session.Team;

/**
 * What a route gave back, read as its operation promises. What cannot be read is told with the route and the field.
 * It counts as {@link CallFailed.Outcome#UNKNOWN}: the system has answered, so something may have been done.
 */
class Answer {

    private static final Set<String> STATUSES = Set.of("pending", "open", "closed");

    private final String route;
    private final Object body;
    private final Function<String, CallFailed> failure;

    Answer(String route, Object body, Function<String, CallFailed> failure) {
        this.route = route;
        this.body = body;
        this.failure = failure;
    }

    /** The refs given before, with what the route adds or changes. */
    Map<String, String> refs(Map<String, String> before) throws CallFailed {
        Map<String, String> refs = new LinkedHashMap<>(before);
        for (Map.Entry<?, ?> ref : map(body, "a map of refs").entrySet()) {
            if (ref.getValue() != null) {
                refs.put(String.valueOf(ref.getKey()), id(ref.getValue(), "ref " + ref.getKey()));
            }
        }
        return refs;
    }

    String id() throws CallFailed {
        return id(body, "id of what was posted");
    }

    Map<String, String> found(List<String> marks) throws CallFailed {
        Map<String, String> found = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map(body, "a map of marks to ids").entrySet()) {
            String mark = String.valueOf(entry.getKey());
            if (marks.contains(mark)) {
                found.put(mark, id(entry.getValue(), "id of the mark " + mark));
            }
        }
        return found;
    }

    List<Team> teams() throws CallFailed {
        List<Team> teams = new ArrayList<>();
        for (Object element : list(body, "a list of teams")) {
            Map<?, ?> team = map(element, "a list of maps with id and name");
            teams.add(new Team(id(team.get("id"), "id of a team"), id(team.get("name"), "name of a team")));
        }
        return List.copyOf(teams);
    }

    SupportSystem.Availability availability() throws CallFailed {
        Map<?, ?> map = map(body, "a map with open, agentsOnline and waiting");
        return new SupportSystem.Availability(bool(map.get("open"), "open"),
                count(map.get("agentsOnline"), "agentsOnline"), count(map.get("waiting"), "waiting"));
    }

    SupportSystem.State state() throws CallFailed {
        Map<?, ?> map = map(body, "a map with status, team, assignee and transferred");
        return new SupportSystem.State(status(map.get("status")), optional(map.get("team"), "team"),
                optional(map.get("assignee"), "assignee"), bool(map.get("transferred"), "transferred"));
    }

    String status(Object status) throws CallFailed {
        if (!STATUSES.contains(status)) {
            throw nonsense("status, which must be pending, open or closed");
        }
        return (String) status;
    }

    static List<SupportSystem.Check> checks(Object value) {
        List<SupportSystem.Check> checks = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (Object element : list) {
                if (element instanceof Map<?, ?> check) {
                    checks.add(new SupportSystem.Check(String.valueOf(check.get("setting")),
                            Boolean.TRUE.equals(check.get("ok")), String.valueOf(check.get("message"))));
                }
            }
        }
        return checks;
    }

    String optional(Object value, String field) throws CallFailed {
        return value == null ? null : id(value, field);
    }

    String id(Object value, String field) throws CallFailed {
        if (!(value instanceof CharSequence || value instanceof Number) || value.toString().isBlank()) {
            throw nonsense("the " + field);
        }
        return value.toString();
    }

    Boolean bool(Object value, String field) throws CallFailed {
        if (value != null && !(value instanceof Boolean)) {
            throw nonsense(field + ", which must be true or false");
        }
        return (Boolean) value;
    }

    Integer count(Object value, String field) throws CallFailed {
        if (value != null && !(value instanceof Number)) {
            throw nonsense(field + ", which must be a number");
        }
        return value == null ? null : ((Number) value).intValue();
    }

    Map<?, ?> map(String what) throws CallFailed {
        return map(body, what);
    }

    Map<?, ?> map(Object value, String what) throws CallFailed {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw nonsense(what);
    }

    List<?> list(Object value, String what) throws CallFailed {
        if (value instanceof List<?> list) {
            return list;
        }
        throw nonsense(what);
    }

    CallFailed nonsense(String what) {
        return failure.apply("The route " + route + " must give back " + what + ", and did not.");
    }
}
