package dev.handoff.routes;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import dev.handoff.Nearest;

/** What a schema finds wrong, said to who wrote it: the name that is wrong, and what it was probably meant to be. */
final class SchemaWords {

    /** More names than these are no help. */
    private static final int SHOWN = 20;

    private SchemaWords() {
    }

    static String of(JsonSchema schema, ValidationMessage message) {
        JsonNodePath keyword = message.getSchemaLocation().getFragment();
        return switch (message.getType()) {
            case "enum" -> {
                List<String> values = new ArrayList<>();
                schema.getSchemaNode().at(keyword.toString()).forEach(value -> values.add(value.asText()));
                yield unknown(message.getInstanceNode().asText(), values);
            }
            case "additionalProperties" -> {
                JsonNode properties = schema.getSchemaNode().at(keyword.getParent() + "/properties");
                List<String> names = new ArrayList<>();
                properties.fieldNames().forEachRemaining(names::add);
                yield unknown(message.getProperty(), names);
            }
            default -> message.getMessage();
        };
    }

    private static String unknown(String wrong, List<String> known) {
        String near = Nearest.advice(wrong, known);
        return "'" + wrong + "' is not known here" + (near.isEmpty() && known.size() <= SHOWN
                ? "; known are " + String.join(", ", known) : near);
    }
}
