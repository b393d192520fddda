package dev.handoff.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * A support system's published OpenAPI description. The schemas of such descriptions allow unknown fields, so that
 * those are looked for apart.
 */
public final class PublishedDescription {

    /** The folder of the descriptions. */
    public static final Path FOLDER = Path.of(System.getProperty("handoff.specs", "../shared/specs"));

    private static final String LOCATION = "https://published.example/openapi.json";
    private static final String JSON = "application/json";
    private static final int LARGEST = 20_000_000;

    private final JsonNode document;
    private final JsonSchemaFactory factory;
    private final SchemaValidatorsConfig config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER)
            .build();
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();

    private PublishedDescription(JsonNode document) {
        this.document = document;
        // OpenAPI's own keywords say nothing to a JSON Schema validator.
        JsonMetaSchema dialect = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword)).build();
        this.factory = JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012))
                .metaSchema(dialect).defaultMetaSchemaIri(dialect.getIri())
                .schemaLoaders(loaders -> loaders.schemas(
                        Map.of(LOCATION, OpenApiSchemas.translated(document).toString()))).build();
    }

    /** The description in this file; empty, and said so, if it is not there. */
    public static Optional<PublishedDescription> in(Path file) {
        if (!Files.isReadable(file)) {
            System.out.println("Skipped: no check against the published description " + file.getFileName() + ": " + file
                    + " is not there (set -Dhandoff.specs=<folder>)");
            return Optional.empty();
        }
        try {
            return Optional.of(new PublishedDescription(mapper(file).readTree(Files.readString(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectMapper mapper(Path file) {
        if (file.toString().endsWith(".json")) {
            return new ObjectMapper();
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        return new YAMLMapper(YAMLFactory.builder().loaderOptions(options).build());
    }

    /** The path of the description that a request's path stands for; the path itself if there is none. */
    String template(String method, String path) {
        String best = path;
        int literal = -1;
        for (Map.Entry<String, JsonNode> described : document.path("paths").properties()) {
            int same = literalSegments(described.getKey(), path);
            if (same > literal && described.getValue().has(method.toLowerCase(Locale.ROOT))) {
                literal = same;
                best = described.getKey();
            }
        }
        return best;
    }

    /** @param template as {@link #template} gives it */
    boolean describes(String method, String template) {
        return document.path("paths").path(template).has(method.toLowerCase(Locale.ROOT));
    }

    /** How many segments are the same word; -1 if the path is another one. */
    private static int literalSegments(String template, String path) {
        String[] expected = template.split("/");
        String[] actual = path.split("/");
        int same = expected.length == actual.length ? 0 : -1;
        for (int i = 0; same >= 0 && i < expected.length; i++) {
            boolean variable = expected[i].contains("{");
            same = variable ? same : expected[i].equals(Sent.decoded(actual[i])) ? same + 1 : -1;
        }
        return same;
    }

    /**
     * What is not as described: in a request that was accepted, and in its answer.
     *
     * @param template the path as the description has it
     * @param request  missing or empty: none
     * @param response null: not to be checked
     */
    public List<Breach> check(String method, String template, Collection<String> query, String contentType,
            JsonNode request, int status, JsonNode response) {
        List<Breach> breaches = new ArrayList<>();
        String name = method + " " + template;
        String base = "/paths/" + escaped(template) + "/" + method.toLowerCase(Locale.ROOT);
        if (document.at(base).isMissingNode()) {
            breaches.add(new Breach(name, "call", "", "is not described"));
            return breaches;
        }
        if (status < 400) {
            checkQuery(breaches, name, template, method, query);
            checkRequest(breaches, name, resolved(base + "/requestBody"), contentType, request);
        }
        String answer = answer(base + "/responses/", status);
        if (answer != null && response != null && !response.isMissingNode()) {
            validate(breaches, name, "answer", answer, response);
        }
        return breaches;
    }

    private void checkRequest(List<Breach> breaches, String name, String pointer, String contentType, JsonNode body) {
        JsonNode contents = document.at(pointer + "/content");
        if (contents.isMissingNode() || body.isMissingNode()) {
            if (body.isObject() && !body.isEmpty()) {
                breaches.add(new Breach(name, "request", "", "has a body, which is not described"));
            } else if (document.at(pointer).path("required").asBoolean() && body.isMissingNode()) {
                breaches.add(new Breach(name, "request", "", "has no body, which is required"));
            }
            return;
        }
        String type = contentType == null ? JSON : contentType.split(";")[0].trim();
        String schema = pointer + "/content/" + escaped(contents.has(type) ? type : JSON) + "/schema";
        if (document.at(schema).isMissingNode()) {
            breaches.add(new Breach(name, "request", "", "is not taken as " + type));
            return;
        }
        validate(breaches, name, "request", schema, body);
        new UnknownFields(document).find(document.at(schema), body, (at, message) ->
                breaches.add(new Breach(name, "request", at, message)));
    }

    private String answer(String responses, int status) {
        for (String key : List.of(String.valueOf(status), status / 100 + "XX", "default")) {
            String pointer = resolved(responses + key) + "/content/" + escaped(JSON) + "/schema";
            if (!document.at(pointer).isMissingNode()) {
                return pointer;
            }
        }
        return null;
    }

    private void checkQuery(List<Breach> breaches, String name, String template, String method,
            Collection<String> query) {
        List<String> described = new ArrayList<>();
        JsonNode path = document.path("paths").path(template);
        for (JsonNode list : List.of(path.path("parameters"),
                path.path(method.toLowerCase(Locale.ROOT)).path("parameters"))) {
            list.forEach(parameter -> described.add((parameter.has("$ref")
                    ? document.at(parameter.get("$ref").asText().substring(1)) : parameter).path("name").asText()));
        }
        // An object as a parameter stands as name[field].
        query.stream().filter(key -> !described.contains(key) && !described.contains(key.replaceAll("\\[.*", "")))
                .forEach(key -> breaches.add(new Breach(name, "query", "/" + key, "is not described")));
    }

    private void validate(List<Breach> breaches, String call, String part, String pointer, JsonNode json) {
        JsonSchema schema = schemas.computeIfAbsent(pointer,
                key -> factory.getSchema(SchemaLocation.of(LOCATION + "#" + key), config));
        schema.validate(json).forEach(message -> breaches.add(new Breach(call, part,
                message.getInstanceLocation().toString().replaceAll("/\\d+(?=/|$)", "/*"), message.getError())));
    }

    /** Where the pointer leads, references followed. */
    private String resolved(String pointer) {
        JsonNode node = document.at(pointer);
        return node.has("$ref") ? resolved(node.get("$ref").asText().substring(1)) : pointer;
    }

    static String escaped(String segment) {
        return segment.replace("~", "~0").replace("/", "~1");
    }
}
