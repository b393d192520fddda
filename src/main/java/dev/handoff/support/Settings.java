package dev.handoff.support;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.handoff.Problem;

/** A connection's settings, held against the schema of its system. */
final class Settings {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key;
    private final JsonNode properties;
    private final List<Problem> problems;

    private Settings(String key, JsonNode properties, List<Problem> problems) {
        this.key = key;
        this.properties = properties;
        this.problems = problems;
    }

    /**
     * The settings as the schema names and types them, with its defaults. An environment variable loses the dashes of
     * a key and is always text.
     *
     * @param key      where they stand, for problems
     * @param problems takes what is wrong; no message holds a value
     */
    static Map<String, Object> checked(String key, Map<String, Object> given, ObjectNode schema,
            List<Problem> problems) {
        return new Settings(key, schema.path("properties"), problems).check(given, schema);
    }

    private Map<String, Object> check(Map<String, Object> given, ObjectNode schema) {
        Map<String, Object> values = new LinkedHashMap<>();
        properties.fields().forEachRemaining(property -> {
            if (property.getValue().has("default")) {
                values.put(property.getKey(), JSON.convertValue(property.getValue().get("default"), Object.class));
            }
        });
        Map<String, String> names = new TreeMap<>();
        properties.fieldNames().forEachRemaining(name -> names.put(canonical(name), name));
        Map<String, Object> found = new LinkedHashMap<>();
        given.forEach((written, value) -> {
            String name = names.get(canonical(written));
            if (name == null) {
                problems.add(new Problem(key + "." + written,
                        "there is no such setting; the settings are " + String.join(", ", names.values()) + "."));
            } else if (value != null && !value.equals("")) {
                Object typed = typed(value, properties.get(name));
                Object before = found.putIfAbsent(name, typed);
                if (before != null && !before.equals(typed)) {
                    problems.add(new Problem(key + "." + name, "is given twice, with different values."));
                }
            }
        });
        values.putAll(found);
        validate(values, schema);
        return Map.copyOf(values);
    }

    private void validate(Map<String, Object> values, ObjectNode schema) {
        for (ValidationMessage message : JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema).validate(JSON.valueToTree(values))) {
            String name = message.getProperty() != null ? message.getProperty()
                    : String.valueOf(message.getInstanceLocation().getElement(0));
            problems.add(new Problem(key + "." + name, words(name, message)));
        }
        values.replaceAll((name, value) -> {
            if (properties.get(name).path("format").asText().equals("uri") && value instanceof String text) {
                String address = text.replaceAll("/+$", "");
                if (!isAddress(address)) {
                    problems.add(new Problem(key + "." + name, "must be an address such as https://desk.example.com, "
                            + "without user, password or question mark."));
                }
                return address;
            }
            return value;
        });
    }

    private String words(String name, ValidationMessage message) {
        JsonNode property = properties.get(name);
        String what = property.path("description").asText();
        return switch (message.getType()) {
            case "required" -> "is missing. " + what;
            case "type" -> "must be of type " + property.path("type").asText() + ". " + what;
            case "enum" -> "must be one of " + property.path("enum") + ". " + what;
            default -> "is not allowed by " + message.getType() + ": " + property.path(message.getType()) + ". " + what;
        };
    }

    private static Object typed(Object value, JsonNode property) {
        String text = String.valueOf(value).trim();
        return switch (property.path("type").asText()) {
            case "integer" -> text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : value;
            case "boolean" -> text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")
                    ? (Object) Boolean.valueOf(text) : value;
            default -> value instanceof Map || value instanceof List ? value : text;
        };
    }

    private static boolean isAddress(String text) {
        try {
            URI uri = new URI(text);
            return uri.getHost() != null && uri.getUserInfo() == null && uri.getQuery() == null
                    && uri.getFragment() == null && List.of("http", "https").contains(uri.getScheme());
        } catch (URISyntaxException e) {
            return false;
        }
    }

    static String canonical(String name) {
        return name.replace("-", "").toLowerCase(Locale.ROOT);
    }
}
