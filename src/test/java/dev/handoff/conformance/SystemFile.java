package dev.handoff.conformance;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.handoff.Problem;
import dev.handoff.routes.YamlFile;

/** What a {@code system.yaml} declares, as far as the kit asks. */
record SystemFile(JsonNode json) {

    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SystemFile.class.getResourceAsStream("/support/system.schema.json"));

    /** @throws NotReady with file and line, if it is not as the schema has it */
    static SystemFile read(Path folder) {
        YamlFile file = YamlFile.read(folder.resolve("system.yaml"));
        List<Problem> problems = file.validate(SCHEMA);
        if (!problems.isEmpty()) {
            throw new NotReady(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        }
        return new SystemFile(file.json());
    }

    String title() {
        return json.path("title").asText();
    }

    boolean can(String capability) {
        return json.path("capabilities").path(capability).asBoolean();
    }

    int longestText() {
        return json.path("capabilities").path("longest-text").asInt();
    }

    /** How webhooks are signed; missing if there are none. */
    JsonNode webhook() {
        return json.path("webhook");
    }

    /** Settings that are secret, and by which we are known over there. */
    List<String> credentials() {
        List<String> credentials = new ArrayList<>(secrets());
        credentials.remove(webhook().path("secret").asText());
        credentials.remove(webhook().path("previous-secret").asText());
        return credentials;
    }

    List<String> secrets() {
        List<String> secrets = new ArrayList<>();
        json.path("settings").path("properties").fields().forEachRemaining(property -> {
            if (property.getValue().path("format").asText().equals("password")) {
                secrets.add(property.getKey());
            }
        });
        return secrets;
    }

    boolean hasSetting(String name) {
        return json.path("settings").path("properties").has(name);
    }

    /** The settings as routes find them: by the types of the schema, defaults applied. */
    Map<String, Object> typed(Map<String, Object> given) {
        Map<String, Object> typed = new LinkedHashMap<>();
        json.path("settings").path("properties").fields().forEachRemaining(property -> {
            JsonNode schema = property.getValue();
            Object value = given.containsKey(property.getKey()) ? given.get(property.getKey())
                    : schema.has("default") ? schema.get("default").asText() : null;
            if (value != null) {
                typed.put(property.getKey(), switch (schema.path("type").asText()) {
                    case "integer" -> Long.valueOf(value.toString());
                    case "boolean" -> Boolean.valueOf(value.toString());
                    default -> value.toString();
                });
            }
        });
        return typed;
    }
}
