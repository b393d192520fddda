package dev.handoff.api;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;

import dev.handoff.api.http.ProblemException.FieldError;

/**
 * Says what is wrong with a field so that it can be mended, without saying the value. A schema of the OpenAPI file can
 * give its own words for a keyword: {@code x-refusal: {pattern: must not be blank}}.
 */
class Wording {

    private final JsonNode document;

    Wording(JsonNode document) {
        this.document = document;
    }

    FieldError of(ValidationMessage mistake) {
        String field = mistake.getInstanceLocation().toString();
        if (mistake.getProperty() != null) {
            field += "/" + mistake.getProperty().replace("~", "~0").replace("/", "~1");
        }
        return new FieldError(field, message(mistake));
    }

    private String message(ValidationMessage mistake) {
        JsonNode own = ownWords(mistake);
        if (own.isTextual()) {
            return own.asText();
        }
        JsonNode expected = mistake.getSchemaNode();
        JsonNode found = mistake.getInstanceNode();
        return switch (mistake.getType()) {
            case "required" -> "is missing";
            case "additionalProperties", "unevaluatedProperties" -> "is not known here";
            case "type" -> "must be " + article(expected.asText()) + ", not " + kind(found);
            case "enum" -> "must be one of " + list(expected);
            case "minLength" -> found.asText().isEmpty() ? "must not be empty"
                    : "must have at least " + expected.asText() + " characters";
            case "maxLength" -> "has " + length(found.asText()) + " characters; at most " + expected.asText()
                    + " are taken";
            case "minItems" -> "must have at least " + expected.asText() + " entries";
            case "maxItems" -> "has " + found.size() + " entries; at most " + expected.asText() + " are taken";
            case "maxProperties" -> "has " + found.size() + " members; at most " + expected.asText() + " are taken";
            case "minimum" -> "must be " + expected.asText() + " or more";
            case "maximum" -> "must be " + expected.asText() + " or less";
            case "format" -> "must be a " + expected.asText() + ", such as 2026-03-01T12:30:00Z";
            case "uniqueItems" -> "has an entry twice";
            default -> "does not fit the contract (" + mistake.getType() + ")";
        };
    }

    private JsonNode ownWords(ValidationMessage mistake) {
        JsonPointer keyword = JsonPointer.compile(mistake.getSchemaLocation().getFragment().toString());
        return document.at(keyword.head()).path("x-refusal").path(mistake.getType());
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String list(JsonNode values) {
        StringBuilder list = new StringBuilder();
        values.forEach(value -> list.append(list.isEmpty() ? "" : ", ").append(value.asText()));
        return list.toString();
    }

    private static String article(String type) {
        return switch (type) {
            case "integer" -> "a whole number";
            case "array" -> "a list";
            case "object" -> "an object";
            case "boolean" -> "true or false";
            default -> "a " + type;
        };
    }

    private static String kind(JsonNode found) {
        return switch (found.getNodeType()) {
            case ARRAY -> "a list";
            case OBJECT -> "an object";
            case BOOLEAN -> "true or false";
            case NULL -> "null";
            case NUMBER -> "a number";
            default -> "a string";
        };
    }
}
