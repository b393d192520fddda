package dev.handoff.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;
import dev.handoff.routes.YamlFile;
import org.springframework.boot.convert.DurationStyle;

/** Reads the {@code system.yaml} of the folders under {@code routes/support}. */
class SystemDescriptions {

    static final String FILE = "system.yaml";
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SystemDescriptions.class.getResourceAsStream("/support/system.schema.json"));

    private final Path folder;

    SystemDescriptions(Path folder) {
        this.folder = folder;
    }

    /** The systems that there are. */
    List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> folders = Files.list(folder)) {
            return folders.filter(path -> Files.exists(path.resolve(FILE)))
                    .map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws ConfigurationRefused if the file is missing or wrong, with file and line */
    SystemDescription read(String name) {
        YamlFile file = YamlFile.read(folder.resolve(name).resolve(FILE));
        List<Problem> problems = new ArrayList<>(file.validate(SCHEMA));
        problems.addAll(unknownSettings(file));
        if (!problems.isEmpty()) {
            throw new ConfigurationRefused(problems);
        }
        JsonNode json = file.json();
        return new SystemDescription(name, json.get("title").textValue(), (ObjectNode) json.get("settings"),
                capabilities(json.get("capabilities")), json.get("capabilities").path("availability").asBoolean(),
                webhook(json.path("webhook")), outcomes(json.path("outcomes")));
    }

    private static List<Problem> unknownSettings(YamlFile file) {
        List<Problem> problems = new ArrayList<>();
        JsonNode properties = file.json().path("settings").path("properties");
        if (!properties.isObject()) {
            return problems;
        }
        String known = " is not among the settings: " + String.join(", ", properties.propertyStream()
                .map(java.util.Map.Entry::getKey).toList());
        JsonNode required = file.json().path("settings").path("required");
        for (int i = 0; i < required.size(); i++) {
            if (!properties.has(required.get(i).asText())) {
                problems.add(file.problem(required.get(i).asText() + known, "settings", "required", i));
            }
        }
        for (String key : List.of("secret", "previous-secret")) {
            JsonNode secret = file.json().path("webhook").path(key);
            if (secret.isTextual() && !properties.has(secret.textValue())) {
                problems.add(file.problem(secret.textValue() + known, "webhook", key));
            }
        }
        JsonNode outcomes = file.json().path("outcomes");
        for (int i = 0; i < outcomes.size(); i++) {
            JsonNode setting = outcomes.get(i).path("setting");
            if (setting.isTextual() && !properties.has(setting.textValue())) {
                problems.add(file.problem(setting.textValue() + known, "outcomes", i, "setting"));
            }
        }
        return problems;
    }

    private static SupportSystem.Capabilities capabilities(JsonNode json) {
        return new SupportSystem.Capabilities(json.get("notes").booleanValue(), json.get("find").booleanValue(),
                json.path("transfer").asText().equals("at-opening"), json.path("read").asBoolean(),
                json.path("sweep").asBoolean(), json.path("reopen").asBoolean(), json.path("html").asBoolean(),
                json.path("original-times").asBoolean(), json.path("first-text").asBoolean(), json.get("longest-text").intValue(),
                json.has("messages-per-minute") ? json.get("messages-per-minute").intValue() : null,
                duration(json, "settles-in"));
    }

    private static WebhookSignature webhook(JsonNode json) {
        return json.isMissingNode() ? null
                : new WebhookSignature(json.get("secret").textValue(), json.path("previous-secret").textValue(),
                        json.get("algorithm").textValue(),
                        json.get("header").textValue(), json.path("signed").asText("{body}"),
                        json.path("encoding").asText("hex"), json.path("prefix").asText(""),
                        json.path("timestamp").textValue(), duration(json, "tolerance"),
                        json.path("delivery").textValue());
    }

    private static List<OutcomeRule> outcomes(JsonNode json) {
        List<OutcomeRule> rules = new ArrayList<>();
        for (JsonNode rule : json) {
            List<String> operations = new ArrayList<>();
            rule.path("operations").forEach(operation -> operations.add(operation.textValue()));
            rules.add(new OutcomeRule(operations, rule.get("status").intValue(), rule.path("text").textValue(),
                    CallFailed.Outcome.valueOf(rule.get("means").textValue().toUpperCase(Locale.ROOT).replace('-', '_')),
                    duration(rule, "retry-after"), rule.path("setting").textValue(),
                    rule.path("message").textValue()));
        }
        return rules;
    }

    private static Duration duration(JsonNode json, String key) {
        return json.has(key) ? DurationStyle.SIMPLE.parse(json.get(key).textValue()) : null;
    }
}
