package dev.handoff.conformance;

import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** What stands in braces in the kit's files, and what it stands for. */
final class Placeholders {

    private final Map<String, String> values = new LinkedHashMap<>();

    Placeholders with(String name, String value) {
        Placeholders more = new Placeholders();
        more.values.putAll(values);
        more.values.put(name, value);
        return more;
    }

    String in(String text) {
        String filled = text;
        for (Map.Entry<String, String> value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    JsonNode in(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(in(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            ObjectNode filled = object.objectNode();
            object.fields().forEachRemaining(field -> filled.set(in(field.getKey()), in(field.getValue())));
            return filled;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode filled = array.arrayNode();
            array.forEach(element -> filled.add(in(element)));
            return filled;
        }
        return node;
    }
}
