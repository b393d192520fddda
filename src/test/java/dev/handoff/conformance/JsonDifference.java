package dev.handoff.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.databind.JsonNode;

/** In what two values differ. */
final class JsonDifference {

    /** A recorded value that any value fits. */
    static final String ANY = "{any}";

    private JsonDifference() {
    }

    /** One line for each difference; empty if they are the same. */
    static List<String> of(JsonNode expected, JsonNode actual) {
        List<String> differences = new ArrayList<>();
        compare("", expected, actual, differences);
        return differences;
    }

    private static void compare(String at, JsonNode expected, JsonNode actual, List<String> into) {
        if (expected.isTextual() && expected.textValue().equals(ANY) && !actual.isMissingNode()) {
            return;
        }
        if (expected.isObject() && actual.isObject()) {
            Set<String> names = new TreeSet<>();
            expected.fieldNames().forEachRemaining(names::add);
            actual.fieldNames().forEachRemaining(names::add);
            names.forEach(name -> compare(at + "/" + name, expected.path(name), actual.path(name), into));
        } else if (expected.isArray() && actual.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
                compare(at + "/" + i, expected.path(i), actual.path(i), into);
            }
        } else if (!same(expected, actual)) {
            into.add((at.isEmpty() ? "the body" : at) + ": recorded " + shown(expected) + ", sent " + shown(actual));
        }
    }

    private static boolean same(JsonNode expected, JsonNode actual) {
        return expected.isNumber() && actual.isNumber()
                ? expected.decimalValue().compareTo(actual.decimalValue()) == 0 : expected.equals(actual);
    }

    private static String shown(JsonNode node) {
        String text = node.toString();
        return node.isMissingNode() ? "nothing" : text.length() > 120 ? text.substring(0, 120) + "…" : text;
    }
}
