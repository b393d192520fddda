package dev.handoff.session;

import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.springframework.stereotype.Component;

/**
 * The JSON in text columns. JSON and not plain text also because PostgreSQL's text cannot hold the NUL character,
 * and JSON escapes it.
 */
@Component
public class StoredJson {

    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {
    };

    private final ObjectMapper json;

    StoredJson(ObjectMapper json) {
        this.json = json;
    }

    public String write(Object value) {
        try {
            return value == null ? null : json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Cannot be written as JSON: " + value.getClass(), e);
        }
    }

    public <T> T read(String text, Class<T> type) {
        try {
            return text == null ? null : json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A stored " + type.getSimpleName() + " cannot be read", e);
        }
    }

    public Map<String, String> strings(String text) {
        try {
            return text == null ? Map.of() : json.readValue(text, STRINGS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Stored refs cannot be read", e);
        }
    }
}
