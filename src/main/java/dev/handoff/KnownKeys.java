package dev.handoff;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.Name;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The keys that records of properties have, to say what a wrong key should have been. */
class KnownKeys {

    private final Class<?> root;
    private final int depth;

    /** @param prefix where the record is bound */
    KnownKeys(Class<?> root, ConfigurationPropertyName prefix) {
        this.root = root;
        this.depth = prefix.getNumberOfElements();
    }

    /** What to write instead of this key, in words; empty for a key that there is. */
    Optional<String> advice(ConfigurationPropertyName key) {
        Type type = root;
        for (int i = depth; i < key.getNumberOfElements() && type != Object.class; i++) {
            if (type instanceof ParameterizedType container) {
                if (Collection.class.isAssignableFrom((Class<?>) container.getRawType()) && !key.isNumericIndex(i)) {
                    return Optional.of(key.chop(i) + " is a list: write its elements with a hyphen before each");
                }
                Type[] of = container.getActualTypeArguments();
                type = of[of.length - 1];
            } else if (type instanceof Class<?> record && record.isRecord()) {
                String element = key.getElement(i, Form.DASHED);
                Optional<RecordComponent> component = component(record, key.getElement(i, Form.UNIFORM));
                if (component.isEmpty()) {
                    return Optional.of(instead(key.chop(i), element, record));
                }
                type = component.get().getGenericType();
            } else {
                return Optional.of("there is nothing below " + key.chop(i));
            }
        }
        return Optional.empty();
    }

    /** The keys that belong below this one; empty where names or values of one's own do. */
    List<String> below(ConfigurationPropertyName key) {
        Type type = root;
        for (int i = depth; i < key.getNumberOfElements(); i++) {
            if (type instanceof ParameterizedType container) {
                Type[] of = container.getActualTypeArguments();
                type = of[of.length - 1];
            } else if (type instanceof Class<?> record && record.isRecord()) {
                type = component(record, key.getElement(i, Form.UNIFORM)).map(RecordComponent::getGenericType).orElse(null);
            }
        }
        return type instanceof Class<?> record && record.isRecord() ? keysOf(record) : List.of();
    }

    private static Optional<RecordComponent> component(Class<?> record, String uniform) {
        return Arrays.stream(record.getRecordComponents())
                .filter(component -> keyOf(component).replace("-", "").equals(uniform)).findFirst();
    }

    private static String instead(ConfigurationPropertyName parent, String wrong, Class<?> record) {
        return Nearest.of(wrong, keysOf(record)).map(near -> "did you mean " + parent + "." + near + "?")
                .orElseGet(() -> "known under " + parent + " are " + String.join(", ", keysOf(record)));
    }

    private static List<String> keysOf(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).map(KnownKeys::keyOf).sorted().toList();
    }

    private static String keyOf(RecordComponent component) {
        try {
            // The annotation is not for components; the compiler hands it on to the field.
            Name name = component.getDeclaringRecord().getDeclaredField(component.getName()).getAnnotation(Name.class);
            return name != null ? name.value() : DataObjectPropertyName.toDashedForm(component.getName());
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
