package dev.handoff.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Makes JSON Schema (2020-12) of the schemas of an OpenAPI 3.0 description: {@code nullable}, and alternatives that
 * only their discriminator tells apart, mean nothing to a validator of JSON Schema.
 */
final class OpenApiSchemas {

    private OpenApiSchemas() {
    }

    /** A copy of the document, its schemas translated where they stand. */
    static JsonNode translated(JsonNode node) {
        if (node.isArray()) {
            ArrayNode copy = ((ArrayNode) node).arrayNode();
            node.forEach(element -> copy.add(translated(element)));
            return copy;
        }
        if (!node.isObject()) {
            return node;
        }
        ObjectNode copy = ((ObjectNode) node).objectNode();
        node.fields().forEachRemaining(field -> copy.set(field.getKey(), translated(field.getValue())));
        return nullable(discriminated(copy));
    }

    private static ObjectNode nullable(ObjectNode schema) {
        if (!schema.path("nullable").isBoolean() || !schema.remove("nullable").booleanValue()) {
            return schema;
        }
        if (schema.path("type").isTextual() && !schema.has("enum")) {
            String type = schema.get("type").textValue();
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        ObjectNode either = schema.objectNode();
        either.putArray("anyOf").add(schema.objectNode().put("type", "null")).add(schema);
        return either;
    }

    /** Alternatives become: if the property has this value, then the schema is that one. */
    private static ObjectNode discriminated(ObjectNode schema) {
        JsonNode name = schema.path("discriminator").path("propertyName");
        String keyword = schema.path("oneOf").isArray() ? "oneOf" : "anyOf";
        if (!name.isTextual() || !schema.path(keyword).isArray()) {
            return schema;
        }
        JsonNode mapping = schema.remove("discriminator").path("mapping");
        ObjectNode byValue = schema.objectNode();
        for (JsonNode alternative : schema.remove(keyword)) {
            String reference = alternative.path("$ref").asText();
            byValue.put(reference.substring(reference.lastIndexOf('/') + 1), reference);
        }
        if (mapping.isObject()) {
            byValue.removeAll();
            mapping.fields().forEachRemaining(entry -> byValue.put(entry.getKey(), entry.getValue().asText().contains("/")
                    ? entry.getValue().asText() : "#/components/schemas/" + entry.getValue().asText()));
        }
        ArrayNode all = schema.withArray("allOf");
        ObjectNode known = all.addObject();
        known.putArray("required").add(name.textValue());
        ArrayNode values = known.putObject("properties").putObject(name.textValue()).putArray("enum");
        byValue.fields().forEachRemaining(entry -> {
            values.add(entry.getKey());
            ObjectNode rule = all.addObject();
            rule.putObject("if").putObject("properties").putObject(name.textValue()).put("const", entry.getKey());
            rule.putObject("then").put("$ref", entry.getValue().textValue());
        });
        return schema;
    }
}
