package dev.handoff.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.handoff.routes.YamlFile;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/**
 * What only one system does, such as its ways round what it lacks: the recordings in its folder {@code own}. Each calls
 * one operation and says what must come of it.
 */
final class OwnCases {

    /** What is null is not there. */
    private static final ObjectMapper JSON = new ObjectMapper().setDefaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL));
    private static final String FOLDER = "own";

    private OwnCases() {
    }

    static List<Case> all(Account account) {
        Path folder = account.file(FOLDER);
        if (!account.isRecorded() || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().map(OwnCases::one).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Case one(Path file) {
        JsonNode json = new Placeholders().with("run", Inputs.RECORDED_RUN).in(YamlFile.read(file).json());
        String name = FOLDER + "/" + file.getFileName().toString().replace(".yaml", "");
        return Case.must(name, json.path("group").asText(), scene -> judge(json, call(scene, json)));
    }

    private static Exchange call(Scene scene, JsonNode json) {
        Map<String, Object> settings = new LinkedHashMap<>(scene.account.settings());
        settings.putAll(map(json.path("settings")));
        Map<String, String> refs = new LinkedHashMap<>(scene.account.refs("user"));
        refs.putAll(scene.account.refs("conversation"));
        Exchange exchange = new DefaultExchange(scene.people.camel());
        exchange.getIn().setBody(JSON.convertValue(json.path("body"), Object.class));
        exchange.setVariable("settings", scene.file.typed(settings));
        exchange.setVariable("timeout", 16_000L);
        exchange.setVariable("refs", refs);
        map(json.path("variables")).forEach(exchange::setVariable);
        return scene.people.camel().createProducerTemplate()
                .send("direct:" + scene.account.system() + "-" + json.path("call").asText(), exchange);
    }

    private static void judge(JsonNode json, Exchange exchange) {
        Exception failure = exchange.getException();
        if (json.has("fails")) {
            Mismatch.unless(failure != null && String.valueOf(failure.getMessage()).contains(json.get("fails").asText()),
                    "it fails, and says: " + json.get("fails").asText(), failure == null ? "it does not" : failure,
                    "mend the route, or 'fails'");
            return;
        }
        Mismatch.unless(failure == null, "the operation is done", failure, "mend the route");
        if (json.has("gives")) {
            List<String> differences = JsonDifference.of(json.get("gives"),
                    JSON.valueToTree(exchange.getMessage().getBody()));
            Mismatch.unless(differences.isEmpty(), "what stands under 'gives'", String.join("; ", differences),
                    "mend what the route gives back, or 'gives'");
        }
    }

    private static Map<String, Object> map(JsonNode json) {
        Map<String, Object> map = new LinkedHashMap<>();
        json.fields().forEachRemaining(field -> map.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class)));
        return map;
    }
}
