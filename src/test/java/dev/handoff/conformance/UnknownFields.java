package dev.handoff.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds the fields of which a schema does not know, although it allows them. */
final class UnknownFields {

    static final String MESSAGE = "is not described";

    private final JsonNode document;

    UnknownFields(JsonNode document) {
        this.document = document;
    }

    /** @param into is told the pointer and what is wrong there */
    void find(JsonNode schema, JsonNode json, BiConsumer<String, String> into) {
        find("", json, List.of(schema), into);
    }

    /** A field that none of the schemas names is unknown; an object of which no field is named may have any. */
    private void find(String pointer, JsonNode json, List<JsonNode> schemas, BiConsumer<String, String> into) {
        List<JsonNode> plain = new ArrayList<>();
        schemas.forEach(schema -> flatten(schema, json, plain));
        if (json.isArray()) {
            List<JsonNode> items = plain.stream().map(s -> s.path("items")).filter(s -> !s.isMissingNode()).toList();
            json.forEach(item -> find(pointer + "/*", item, items, into));
        } else if (json.isObject() && plain.stream().anyMatch(s -> s.has("properties"))
                && plain.stream().noneMatch(s -> s.path("additionalProperties").isObject())) {
            json.fields().forEachRemaining(field -> {
                List<JsonNode> named = plain.stream().map(s -> s.path("properties").path(field.getKey()))
                        .filter(s -> !s.isMissingNode()).toList();
                String at = pointer + "/" + field.getKey();
                if (named.isEmpty()) {
                    into.accept(at, MESSAGE);
                } else {
                    find(at, field.getValue(), named, into);
                }
            });
        }
    }

    private void flatten(JsonNode schema, JsonNode json, List<JsonNode> into) {
        JsonNode plain = schema.has("$ref") ? document.at(schema.get("$ref").asText().substring(1)) : schema;
        if (plain != schema && plain.has("$ref")) {
            flatten(plain, json, into);
            return;
        }
        into.add(plain);
        plain.path("allOf").forEach(part -> flatten(part, json, into));
        JsonNode chosen = chosen(plain, json);
        if (chosen != null) {
            flatten(chosen, json, into);
            return;
        }
        for (String keyword : List.of("oneOf", "anyOf")) {
            plain.path(keyword).forEach(part -> flatten(part, json, into));
        }
    }

    /** The alternative that the discriminator names; null if there is none. */
    private JsonNode chosen(JsonNode schema, JsonNode json) {
        JsonNode discriminator = schema.path("discriminator");
        String value = json.path(discriminator.path("propertyName").asText()).textValue();
        if (value == null || !schema.has("oneOf") && !schema.has("anyOf")) {
            return null;
        }
        String reference = discriminator.path("mapping").path(value).asText("#/components/schemas/" + value);
        JsonNode chosen = document.at(reference.startsWith("#") ? reference.substring(1)
                : "/components/schemas/" + reference);
        return chosen.isMissingNode() ? null : chosen;
    }
}
