package dev.handoff.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.handoff.support.CallFailed;

/**
 * What only one system does, such as its ways round what it lacks: the recordings in its folder {@code own}. Each calls
 * one operation and says what must come of it.
 */
final class OwnCases {

    /** What is null is not there. */
    private static final ObjectMapper JSON = new ObjectMapper().setDefaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
    private static final String FOLDER = "own";
    private static final Set<String> KEYS = Set.of("group", "call", "body", "variables", "settings", "exchanges",
            "gives", "means", "fails");

    private OwnCases() {
    }

    static List<Case> all(Account account, Placeholders placeholders) {
        Path folder = account.file(FOLDER);
        if (!account.isRecorded() || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(file -> one(file, placeholders)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case one(Path file, Placeholders placeholders) {
        String name = FOLDER + "/" + file.getFileName().toString().replace(".yaml", "");
        try {
            JsonNode json = placeholders.in(KitFile.recording(file).json());
            Recording.known(file.toString(), json, KEYS);
            String group = json.path("group").asText();
            Mismatch.unless(Suite.GROUPS.contains(group), "a line of the report card as 'group' in " + file + ": "
                    + String.join(", ", Suite.GROUPS), group, "correct the recording");
            return Case.must(name, group, scene -> judge(scene, json));
        } catch (Mismatch unreadable) {
            return Case.must(name, Suite.FILES, scene -> {
                throw unreadable;
            }).unrecorded();
        }
    }

    private static void judge(Scene scene, JsonNode json) {
        boolean mustFail = json.has("means") || json.has("fails");
        Object given;
        try {
            given = call(scene, json);
        } catch (CallFailed failure) {
            Mismatch.unless(mustFail && Scene.name(failure.outcome()).equals(json.path("means").asText(Scene.name(
                            failure.outcome()))) && failure.getMessage().contains(json.path("fails").asText()),
                    mustFail ? expected(json) : "the operation is done", Scene.words(failure),
                    "mend the route, or 'outcomes' in system.yaml" + (mustFail ? "; or 'means' and 'fails' here" : ""));
            scene.secretsAreKept(failure.getMessage());
            return;
        }
        Mismatch.unless(!mustFail, expected(json), "it is done, and gives back " + given,
                "mend the route; or 'means' and 'fails' here");
        if (json.has("gives")) {
            List<String> differences = JsonDifference.of(json.get("gives"), JSON.valueToTree(given));
            Mismatch.unless(differences.isEmpty(), "what stands under 'gives'", String.join("; ", differences),
                    "mend what the route gives back, or 'gives'");
        }
    }

    private static String expected(JsonNode json) {
        return "it fails" + (json.has("means") ? " as " + json.get("means").asText() : "")
                + (json.has("fails") ? ", and says: " + json.get("fails").asText() : "");
    }

    private static Object call(Scene scene, JsonNode json) throws CallFailed {
        Map<String, Object> settings = new LinkedHashMap<>(scene.account.settings());
        settings.putAll(map(json.path("settings")));
        Map<String, String> refs = new LinkedHashMap<>(scene.account.refs("user"));
        refs.putAll(scene.account.refs("conversation"));
        Map<String, Object> variables = new LinkedHashMap<>(Map.of("refs", refs));
        variables.putAll(map(json.path("variables")));
        return scene.any(json.path("call").asText(), scene.file.typed(settings),
                JSON.convertValue(json.path("body"), Object.class), variables);
    }

    private static Map<String, Object> map(JsonNode json) {
        Map<String, Object> map = new LinkedHashMap<>();
        json.fields().forEachRemaining(field -> map.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class)));
        return map;
    }
}
