package dev.handoff.support;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Text that every system can store: no U+0000, which PostgreSQL refuses, and no half of a surrogate pair, which cannot
 * be written as UTF-8. Both become U+FFFD.
 */
final class Sendable {

    private static final char REPLACEMENT = '\uFFFD';

    private Sendable() {
    }

    static Object of(Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> clean = new LinkedHashMap<>();
            map.forEach((key, inner) -> clean.put(of(key), of(inner)));
            return clean;
        }
        if (value instanceof List<?> list) {
            List<Object> clean = new ArrayList<>(list.size());
            list.forEach(inner -> clean.add(of(inner)));
            return clean;
        }
        return value;
    }

    private static String text(String text) {
        char[] chars = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                chars = chars == null ? text.toCharArray() : chars;
                chars[i] = REPLACEMENT;
            }
        }
        return chars == null ? text : new String(chars);
    }
}
