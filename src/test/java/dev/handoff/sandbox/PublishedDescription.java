package dev.handoff.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;

/** Chatwoot's published OpenAPI description. Its schemas allow unknown fields, so that those are looked for apart. */
final class PublishedDescription {

    private static final String LOCATION = "https://chatwoot.example/openapi.json";

    private static final SchemaValidatorsConfig POINTERS = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER).build();
    /** OpenAPI's keywords say nothing to a JSON Schema validator. */
    private static final JsonMetaSchema DIALECT = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword)).build();

    private final JsonNode document;
    private final JsonSchemaFactory factory;
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private PublishedDescription(JsonNode document, String text) {
        this.document = document;
        this.factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012,
                builder -> builder.metaSchema(DIALECT).schemaLoaders(loaders -> loaders.schemas(Map.of(LOCATION, text))));
    }

    /** The description in this folder; empty, and said so, if it is not there. */
    static Optional<PublishedDescription> in(Path folder) {
        Path file = folder.resolve("chatwoot.json");
        if (!Files.isReadable(file)) {
            System.out.println("Skipped: no check against Chatwoot's published description, " + file
                    + " is not there (set -Dhandoff.specs=<folder>)");
            return Optional.empty();
        }
        try {
            String text = Files.readString(file);
            return Optional.of(new PublishedDescription(new ObjectMapper().readTree(text), text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<ChatwootContract.Breach> check(RecordedCall call) {
        List<ChatwootContract.Breach> breaches = new ArrayList<>();
        String name = call.method() + " " + call.template();
        JsonNode operation = document.path("paths").path(call.template()).path(call.method().toLowerCase(Locale.ROOT));
        if (operation.isMissingNode()) {
            breaches.add(new ChatwootContract.Breach(name, "call", "", "is not described"));
            return breaches;
        }
        if (call.status() >= 400) {
            return breaches;
        }
        String base = "/paths/" + escaped(call.template()) + "/" + call.method().toLowerCase(Locale.ROOT);
        checkQuery(breaches, name, call);
        String request = base + "/requestBody/content/application~1json/schema";
        if (!document.at(request).isMissingNode()) {
            validate(breaches, name, "request", request, call.request());
            findUnknown(breaches, name, "", call.request(), List.of(document.at(request)));
        }
        String response = base + "/responses/200/content/application~1json/schema";
        if (!document.at(response).isMissingNode() && call.response() != null) {
            validate(breaches, name, "answer", response, call.response());
        }
        return breaches;
    }

    private void checkQuery(List<ChatwootContract.Breach> breaches, String name, RecordedCall call) {
        List<String> described = new ArrayList<>();
        JsonNode path = document.path("paths").path(call.template());
        for (JsonNode list : List.of(path.path("parameters"),
                path.path(call.method().toLowerCase(Locale.ROOT)).path("parameters"))) {
            list.forEach(parameter -> described.add(resolved(parameter).path("name").asText()));
        }
        call.query().keySet().stream().filter(key -> !described.contains(key)).forEach(key -> breaches.add(
                new ChatwootContract.Breach(name, "query", "/" + key, "is not described")));
    }

    private void validate(List<ChatwootContract.Breach> breaches, String call, String part, String pointer,
            JsonNode json) {
        JsonSchema schema = schemas.computeIfAbsent(pointer,
                key -> factory.getSchema(SchemaLocation.of(LOCATION + "#" + key), POINTERS));
        schema.validate(json).forEach(message -> breaches.add(new ChatwootContract.Breach(call, part,
                message.getInstanceLocation().toString().replaceAll("/\\d+(?=/|$)", "/*"), message.getMessage())));
    }

    /** Adds every field that none of the schemas names; an object of which no field is named may have any. */
    private void findUnknown(List<ChatwootContract.Breach> breaches, String call, String pointer, JsonNode json,
            List<JsonNode> schemas) {
        List<JsonNode> plain = new ArrayList<>();
        schemas.forEach(schema -> flatten(schema, plain));
        if (json.isArray()) {
            List<JsonNode> items = plain.stream().map(s -> s.path("items")).filter(s -> !s.isMissingNode()).toList();
            json.forEach(item -> findUnknown(breaches, call, pointer + "/*", item, items));
        } else if (json.isObject() && plain.stream().anyMatch(s -> s.has("properties"))) {
            json.fields().forEachRemaining(field -> {
                List<JsonNode> named = plain.stream().map(s -> s.path("properties").path(field.getKey()))
                        .filter(s -> !s.isMissingNode()).toList();
                String at = pointer + "/" + field.getKey();
                if (named.isEmpty()) {
                    breaches.add(new ChatwootContract.Breach(call, "request", at, "is not described"));
                } else {
                    findUnknown(breaches, call, at, field.getValue(), named);
                }
            });
        }
    }

    private void flatten(JsonNode schema, List<JsonNode> into) {
        JsonNode plain = resolved(schema);
        into.add(plain);
        for (String keyword : List.of("allOf", "oneOf", "anyOf")) {
            plain.path(keyword).forEach(part -> flatten(part, into));
        }
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    private static String escaped(String segment) {
        return segment.replace("~", "~0").replace("/", "~1");
    }
}
