package dev.handoff.conformance;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A request that a route set sent.
 *
 * @param target  path and query as they stood in the request
 * @param headers by name in lower case
 */
record Sent(String method, String target, Map<String, List<String>> headers, byte[] body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SHOWN = 300;

    String path() {
        return target.contains("?") ? target.substring(0, target.indexOf('?')) : target;
    }

    /** The parameters behind the question mark, decoded: {@code name=value}. */
    List<String> query() {
        return target.contains("?") ? parameters(target.substring(target.indexOf('?') + 1)) : List.of();
    }

    String header(String name) {
        List<String> values = headers.get(name.toLowerCase(java.util.Locale.ROOT));
        return values == null ? null : values.get(0);
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    boolean isForm() {
        String type = header("Content-Type");
        return type != null && type.startsWith("application/x-www-form-urlencoded");
    }

    /** The body as JSON, a form as an object of texts; missing if there is none, null if it is another thing. */
    JsonNode json() {
        if (body.length == 0) {
            return MissingNode.getInstance();
        }
        if (isForm()) {
            return form(text());
        }
        try {
            return JSON.readTree(body);
        } catch (IOException e) {
            return null;
        }
    }

    static ObjectNode form(String text) {
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        parameters(text).forEach(parameter -> {
            int equals = parameter.indexOf('=');
            form.put(parameter.substring(0, equals), parameter.substring(equals + 1));
        });
        return form;
    }

    private static List<String> parameters(String text) {
        List<String> parameters = new ArrayList<>();
        for (String part : text.split("&")) {
            if (!part.isEmpty()) {
                String[] pair = part.split("=", 2);
                parameters.add(decoded(pair[0]) + "=" + (pair.length > 1 ? decoded(pair[1]) : ""));
            }
        }
        return parameters;
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        String said = text();
        return method + " " + target + (said.isEmpty() ? "" : " "
                + (said.length() > SHOWN ? said.substring(0, SHOWN) + "… (" + said.length() + " characters)" : said));
    }
}
