package dev.handoff.api;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemException.FieldError;
import dev.handoff.api.http.ProblemType;

/** Checks bodies against the schemas of the OpenAPI file. */
class Contract {

    /** So many mistakes are told at once. */
    private static final int TOLD = 20;
    /** A body with more values gets one mistake told: a list of millions would cost more than the client's mend. */
    private static final int WORTH_ALL = 5000;
    private static final JsonPointer BODY_SCHEMA = JsonPointer.compile("/requestBody/content/application~1json/schema");

    private final Map<String, JsonSchema> schemas = new LinkedHashMap<>();
    private final Wording wording;

    Contract(OpenApiFile file) {
        wording = new Wording(file.document());
        JsonSchemaFactory factory = factory();
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(true).preloadJsonSchema(true).build();
        file.operations().forEach((operation, place) -> {
            JsonPointer schema = place.append(BODY_SCHEMA);
            if (!file.document().at(schema).isMissingNode()) {
                schemas.put(operation, factory.getSchema(
                        SchemaLocation.of("classpath:" + OpenApiFile.LOCATION + "#" + schema), config));
            }
        });
    }

    private static JsonSchemaFactory factory() {
        JsonMetaSchema openApi = JsonMetaSchema.builder(JsonMetaSchema.getV202012())
                .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword)).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012, builder -> builder.metaSchema(openApi));
    }

    /** @throws ProblemException naming each field that does not fit */
    void check(String operation, JsonNode body) {
        JsonSchema schema = schemas.get(operation);
        Collection<ValidationMessage> mistakes = schema.validate(body,
                context -> context.getExecutionConfig().setFailFast(true));
        if (mistakes.isEmpty()) {
            return;
        }
        if (fewValues(body)) {
            mistakes = schema.validate(body);
        }
        List<FieldError> errors = mistakes.stream().limit(TOLD).map(wording::of).toList();
        throw refused(errors);
    }

    static ProblemException refused(List<FieldError> errors) {
        FieldError first = errors.get(0);
        return new ProblemException(ProblemType.INVALID_BODY,
                (first.field().isEmpty() ? "The body" : first.field()) + " " + first.message() + ".", errors);
    }

    private static boolean fewValues(JsonNode body) {
        return count(body, WORTH_ALL) > 0;
    }

    /** What is left of the budget when every value took one of it. */
    private static int count(JsonNode node, int budget) {
        int left = budget - 1;
        for (JsonNode child : node) {
            if (left <= 0) {
                return 0;
            }
            left = count(child, left);
        }
        return left;
    }
}
