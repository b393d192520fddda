package dev.handoff.sandbox;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A call that the sandbox knows.
 *
 * @param template its path, with the variables as Chatwoot's published description names them
 */
record Route(String method, String template, String[] segments, Function<Call, Answer> handler) {

    Route(String method, String template, Function<Call, Answer> handler) {
        this(method, template, template.split("/"), handler);
    }

    /** The variables of a path that fits; null if it does not. */
    Map<String, String> match(String[] path) {
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < segments.length; i++) {
            if (segments[i].startsWith("{")) {
                variables.put(segments[i].substring(1, segments[i].length() - 1), path[i]);
            } else if (!segments[i].equals(path[i])) {
                return null;
            }
        }
        return variables;
    }
}
