package dev.handoff;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.beans.PropertyMatches;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The keys that records of properties have, to say what a wrong key should have been. */
class KnownKeys {

    private final Class<?> root;
    private final int depth;

    /** @param prefix where the record is bound */
    KnownKeys(Class<?> root, String prefix) {
        this.root = root;
        this.depth = ConfigurationPropertyName.of(prefix).getNumberOfElements();
    }

    /** What to write instead of this key, as a sentence. */
    String advice(ConfigurationPropertyName key) {
        Type type = root;
        for (int i = depth; i < key.getNumberOfElements(); i++) {
            if (type instanceof ParameterizedType container) {
                Type[] of = container.getActualTypeArguments();
                type = of[of.length - 1];
            } else if (type instanceof Class<?> record && record.isRecord()) {
                Map<String, RecordComponent> keys = keysOf(record);
                RecordComponent component = keys.get(key.getElement(i, Form.DASHED));
                if (component == null) {
                    return instead(key.chop(i), key.getElement(i, Form.DASHED), record, keys);
                }
                type = component.getGenericType();
            } else {
                return "has nothing below " + key.chop(i);
            }
        }
        return "needs a value of its own kind here, not a list or a map";
    }

    private static String instead(ConfigurationPropertyName parent, String wrong, Class<?> record,
            Map<String, RecordComponent> keys) {
        List<String> near = Arrays.stream(PropertyMatches.forField(camelCase(wrong), record).getPossibleMatches())
                .flatMap(field -> keys.entrySet().stream().filter(key -> key.getValue().getName().equals(field)))
                .map(key -> parent + "." + key.getKey())
                .toList();
        return near.isEmpty()
                ? "known under " + parent + " are " + String.join(", ", keys.keySet())
                : "did you mean " + String.join(" or ", near) + "?";
    }

    private static Map<String, RecordComponent> keysOf(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).collect(Collectors.toMap(KnownKeys::keyOf, c -> c,
                (a, b) -> a, TreeMap::new));
    }

    private static String keyOf(RecordComponent component) {
        Name name = component.getAccessor().getAnnotation(Name.class);
        return name != null ? name.value() : DataObjectPropertyName.toDashedForm(component.getName());
    }

    private static String camelCase(String dashed) {
        StringBuilder camel = new StringBuilder();
        for (String word : dashed.split("-")) {
            camel.append(camel.isEmpty() || word.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }
}
