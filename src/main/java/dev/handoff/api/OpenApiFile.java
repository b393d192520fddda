package dev.handoff.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.core.io.ClassPathResource;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** The contract of the API, as it is served and as bodies are checked against it. */
class OpenApiFile {

    static final String LOCATION = "openapi/handoff.yaml";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head");

    private final byte[] yaml;
    private final JsonNode document;

    OpenApiFile() {
        try (InputStream in = new ClassPathResource(LOCATION).getInputStream()) {
            yaml = in.readAllBytes();
            document = new YAMLMapper().readTree(yaml);
        } catch (IOException broken) {
            throw new UncheckedIOException("Cannot read " + LOCATION, broken);
        }
    }

    byte[] yaml() {
        return yaml.clone();
    }

    JsonNode document() {
        return document;
    }

    /** Operation id to where the operation stands in the document. */
    Map<String, JsonPointer> operations() {
        Map<String, JsonPointer> operations = new LinkedHashMap<>();
        document.path("paths").fields().forEachRemaining(path -> path.getValue().fields().forEachRemaining(method -> {
            if (METHODS.contains(method.getKey())) {
                operations.put(method.getValue().path("operationId").asText(), JsonPointer.empty()
                        .appendProperty("paths").appendProperty(path.getKey()).appendProperty(method.getKey()));
            }
        }));
        return operations;
    }
}
