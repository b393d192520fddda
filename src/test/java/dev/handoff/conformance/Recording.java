package dev.handoff.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.handoff.conformance.Wire.Reply;
import dev.handoff.routes.YamlFile;

/** The exchanges of one case, from {@code <case>.yaml}. */
record Recording(Path file, List<Exchange> exchanges) {

    /** Answers that several recordings share. */
    static final String SHARED = "answers.yaml";

    private static final Set<String> KEYS = Set.of("request", "status", "headers", "answer", "like");
    private static final Set<String> REQUEST_KEYS = Set.of("method", "path", "headers", "body", "form");

    /**
     * @param line   in the file
     * @param body   missing: none
     * @param answer missing: none
     */
    record Exchange(int line, String method, String path, Map<String, String> headers, JsonNode body, boolean form,
            int status, Map<String, String> answerHeaders, JsonNode answer) {

        Reply reply() {
            Map<String, List<String>> headers = new HashMap<>();
            headers.put("Content-Type", List.of(answer.isTextual() ? "text/plain" : "application/json"));
            answerHeaders.forEach((name, value) -> headers.put(name, List.of(value)));
            String text = answer.isMissingNode() ? "" : answer.isTextual() ? answer.textValue() : answer.toString();
            return new Reply(status, headers, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** @throws Mismatch if there is no such file, or it is not as it must be */
    static Recording read(Account account, String name, Placeholders placeholders) {
        Path file = account.file(name + ".yaml");
        if (!Files.exists(file)) {
            throw new Mismatch("a recording of this case, " + file, "there is no such file",
                    "write it: the case's inputs and the format stand in " + Account.FILES + "/README.md");
        }
        YamlFile yaml = KitFile.recording(file);
        Path answers = account.file(SHARED);
        JsonNode shared = Files.exists(answers) ? placeholders.in(KitFile.recording(answers).json())
                : MissingNode.getInstance();
        List<Exchange> exchanges = new ArrayList<>();
        JsonNode all = yaml.json().path("exchanges");
        Mismatch.unless(all.isArray(), "a list 'exchanges' in " + file, yaml.json().getNodeType(),
                "see 'recordings' in " + Account.FILES + "/README.md");
        for (int i = 0; i < all.size(); i++) {
            int line = yaml.line("exchanges", i);
            exchanges.add(exchange(file + ":" + line, line, placeholders.in(all.get(i)), shared));
        }
        return new Recording(file, exchanges);
    }

    private static Exchange exchange(String where, int line, JsonNode json, JsonNode shared) {
        known(where, json, KEYS);
        JsonNode request = json.path("request");
        known(where, request, REQUEST_KEYS);
        boolean form = request.has("form");
        return new Exchange(line, request.path("method").asText(), request.path("path").asText(),
                texts(request.path("headers")), form ? request.get("form") : request.path("body"), form,
                json.path("status").asInt(200), texts(json.path("headers")), answer(where, json, shared));
    }

    private static JsonNode answer(String where, JsonNode json, JsonNode shared) {
        if (!json.has("like")) {
            return json.path("answer");
        }
        JsonNode like = shared.path(json.get("like").asText());
        Mismatch.unless(!like.isMissingNode(), "an answer called " + json.get("like").asText() + " in " + SHARED,
                "there is none, and " + where + " asks for it", "write it, or correct the name");
        return json.has("answer") ? merged(like, json.get("answer")) : like;
    }

    private static JsonNode merged(JsonNode under, JsonNode over) {
        if (!under.isObject() || !over.isObject()) {
            return over;
        }
        ObjectNode merged = under.deepCopy();
        over.fields().forEachRemaining(field -> merged.set(field.getKey(),
                merged.has(field.getKey()) ? merged(merged.get(field.getKey()), field.getValue()) : field.getValue()));
        return merged;
    }

    static void known(String where, JsonNode json, Set<String> keys) {
        json.fieldNames().forEachRemaining(key -> Mismatch.unless(keys.contains(key),
                "only the keys " + String.join(", ", keys.stream().sorted().toList()) + " at " + where, key,
                "correct the recording"));
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new HashMap<>();
        node.fields().forEachRemaining(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }
}
