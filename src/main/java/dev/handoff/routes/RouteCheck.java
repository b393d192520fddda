package dev.handoff.routes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SpecVersion;
import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;
import groovy.lang.GroovyShell;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;

/** Looks at the text of a route file without running it: Camel's own YAML schema, and whether its scripts compile. */
public class RouteCheck {

    /** Reading the schema takes the better part of a second, and a start without faults does not need it. */
    private JsonSchema schema;

    /** What is wrong, each with file and line; empty if nothing is. */
    public List<Problem> problems(String name, String text) {
        YamlFile file;
        try {
            file = YamlFile.parse(name, text);
        } catch (ConfigurationRefused e) {
            return e.problems();
        }
        List<Problem> problems = new ArrayList<>(file.validateInnermost(schema()));
        scripts(file, (path, script) -> compile(file, path, script, problems));
        return problems;
    }

    /** Calls with the path and text of each groovy script. */
    static void scripts(YamlFile file, BiConsumer<List<Object>, String> use) {
        file.each((path, value) -> {
            JsonNode script = value.isObject() ? value.path("expression") : value;
            if (!path.isEmpty() && path.get(path.size() - 1).equals("groovy") && script.isTextual()) {
                use.accept(path, script.textValue().trim());
            }
        });
    }

    private static void compile(YamlFile file, List<Object> path, String script, List<Problem> problems) {
        try {
            new GroovyShell().parse(script);
        } catch (MultipleCompilationErrorsException e) {
            String why = e.getErrorCollector().getErrors().stream()
                    .map(error -> error instanceof SyntaxErrorMessage syntax
                            ? "line " + syntax.getCause().getLine() + " of the script: "
                                    + syntax.getCause().getOriginalMessage()
                            : "the script does not compile")
                    .findFirst().orElse("the script does not compile");
            problems.add(file.problem("groovy: " + why, path.toArray()));
        }
    }

    private synchronized JsonSchema schema() {
        if (schema == null) {
            // Camel marks what is outdated; the keyword is younger than the draft that it names.
            JsonMetaSchema dialect = JsonMetaSchema.builder(JsonMetaSchema.getV4())
                    .keyword(new NonValidationKeyword("deprecated")).build();
            schema = JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4))
                    .metaSchema(dialect).build().getSchema(
                            RouteCheck.class.getResourceAsStream("/schema/camelYamlDsl.json"));
        }
        return schema;
    }
}
