package dev.handoff.routes;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A YAML file whose faults are told with their line. */
public final class YamlFile {

    private static final ObjectMapper MAPPER = new YAMLMapper(
            YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());

    private final String name;
    private final JsonNode json;
    private final Node root;

    private YamlFile(String name, JsonNode json, Node root) {
        this.name = name;
        this.json = json;
        this.root = root;
    }

    /** @throws ConfigurationRefused if it cannot be read or is not YAML */
    public static YamlFile read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw refused(file.toString(), "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** @throws ConfigurationRefused if the text is not YAML */
    public static YamlFile parse(String name, String text) {
        Node root;
        try {
            root = new Yaml(new LoaderOptions()).compose(new StringReader(text));
        } catch (MarkedYAMLException e) {
            throw refused(name + ":" + (e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1),
                    "is not YAML: " + e.getProblem());
        }
        if (root == null) {
            throw refused(name + ":1", "is empty");
        }
        try {
            return new YamlFile(name, MAPPER.readTree(text), root);
        } catch (JsonProcessingException e) {
            throw refused(name + ":" + e.getLocation().getLineNr(), "is not YAML: " + e.getOriginalMessage());
        }
    }

    public JsonNode json() {
        return json;
    }

    /** Calls with the path and the value of all that is in it, from the outside in. */
    void each(BiConsumer<List<Object>, JsonNode> use) {
        each(json, List.of(), use);
    }

    private static void each(JsonNode node, List<Object> path, BiConsumer<List<Object>, JsonNode> use) {
        use.accept(path, node);
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            each(node.get(i), with(path, i), use);
        }
        node.fields().forEachRemaining(field -> each(field.getValue(), with(path, field.getKey()), use));
    }

    private static List<Object> with(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    /** The line of what the path leads to, or of the nearest thing above it. */
    public int line(Object... path) {
        Node node = root;
        int line = root.getStartMark().getLine() + 1;
        for (Object step : path) {
            NodeTuple entry = node instanceof MappingNode map ? entry(map, String.valueOf(step)) : null;
            if (entry != null) {
                line = entry.getKeyNode().getStartMark().getLine() + 1;
                node = entry.getValueNode();
            } else if (node instanceof SequenceNode list && step instanceof Integer index
                    && index < list.getValue().size()) {
                node = list.getValue().get(index);
                line = node.getStartMark().getLine() + 1;
            } else {
                break;
            }
        }
        return line;
    }

    /** All that the schema finds wrong. */
    public List<Problem> validate(JsonSchema schema) {
        return problems(schema, schema.validate(json).stream());
    }

    /** The innermost faults only, and few of them: alternatives of a schema fail in long chains. */
    List<Problem> validateInnermost(JsonSchema schema) {
        Set<ValidationMessage> messages = schema.validate(json);
        int depth = messages.stream().mapToInt(m -> m.getInstanceLocation().getNameCount()).max().orElse(0);
        return problems(schema, messages.stream().filter(m -> m.getInstanceLocation().getNameCount() == depth))
                .stream().limit(5).toList();
    }

    private List<Problem> problems(JsonSchema schema, Stream<ValidationMessage> messages) {
        return messages.sorted(Comparator.comparingInt(message -> line(path(message))))
                .map(message -> problem(SchemaWords.of(schema, message), path(message))).distinct().toList();
    }

    public Problem problem(String message, Object... path) {
        return new Problem(name + ":" + line(path), message);
    }

    private static Object[] path(ValidationMessage message) {
        List<Object> path = new ArrayList<>();
        JsonNodePath location = message.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            path.add(location.getElement(i));
        }
        if (message.getProperty() != null) {
            path.add(message.getProperty());
        }
        return path.toArray();
    }

    private static NodeTuple entry(MappingNode map, String key) {
        return map.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key))
                .findFirst().orElse(null);
    }

    private static ConfigurationRefused refused(String where, String what) {
        return new ConfigurationRefused(List.of(new Problem(where, what)));
    }
}
