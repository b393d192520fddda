package dev.handoff.api;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemException.FieldError;
import dev.handoff.api.http.ProblemType;

/** The API's JSON: strictly read, and written with enums as {@code ask-intent} and times as RFC 3339. */
class ApiJson {

    private final ObjectMapper mapper;
    private final ObjectReader trees;

    ApiJson(ObjectMapper json) {
        mapper = json.copy()
                .registerModule(new SimpleModule("api").addSerializer(enums()))
                .setSerializationInclusion(JsonInclude.Include.NON_NULL)
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        trees = mapper.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);
    }

    /**
     * @return a missing node for an empty body
     * @throws ProblemException naming line and column of what is not JSON
     */
    JsonNode tree(byte[] body) {
        try {
            return trees.readTree(body);
        } catch (IOException broken) {
            throw malformed(broken);
        }
    }

    /** @throws ProblemException naming the field whose value has the right form but makes no sense */
    <T> T convert(JsonNode body, Class<T> type) {
        try {
            return mapper.treeToValue(body, type);
        } catch (JsonMappingException senseless) {
            throw Contract.refused(List.of(new FieldError(pointer(senseless), "has a value that cannot be")));
        } catch (JsonProcessingException broken) {
            throw malformed(broken);
        }
    }

    byte[] bytes(Object answer) throws IOException {
        return mapper.writeValueAsBytes(answer);
    }

    /** Says where, never what: the body is the users' talk. */
    private static ProblemException malformed(IOException broken) {
        JsonLocation place = broken instanceof JsonProcessingException json ? json.getLocation() : null;
        String where = place == null || place.getLineNr() < 1 ? ""
                : " Look at line " + place.getLineNr() + ", column " + place.getColumnNr() + ".";
        String what;
        if (broken instanceof JsonEOFException) {
            what = "It ends too early.";
        } else if (broken instanceof JsonMappingException) {
            what = "A name stands twice in one object, or something follows the end.";
        } else {
            what = "It breaks off or has a character where none may be; it must be one JSON object in UTF-8.";
        }
        return new ProblemException(ProblemType.MALFORMED_JSON, what + where);
    }

    private static String pointer(JsonMappingException senseless) {
        return senseless.getPath().stream()
                .map(step -> "/" + (step.getFieldName() == null ? step.getIndex() : step.getFieldName()))
                .collect(Collectors.joining());
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static JsonSerializer<Enum> enums() {
        return new StdSerializer<>((Class<Enum>) (Class) Enum.class) {
            @Override
            public void serialize(Enum value, JsonGenerator out, SerializerProvider provider) throws IOException {
                out.writeString(value.name().toLowerCase(Locale.ROOT).replace('_', '-'));
            }
        };
    }
}
