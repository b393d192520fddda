package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.rest.RestDefinition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;

/** The file and what is served are the same. */
class OpenApiFileTest extends ApiTest {

    private final OpenApiFile file = new OpenApiFile();

    @Autowired
    private CamelContext camel;

    @Test
    void isServedAsItIs() throws Exception {
        Api.Answer yaml = api.send(api.request("/openapi.yaml"));
        Api.Answer json = api.send(api.request("/openapi.json"));

        assertThat(yaml.header("Content-Type")).startsWith("application/yaml");
        assertThat(new YAMLMapper().readTree(yaml.http().body())).isEqualTo(file.document());
        assertThat(json.json().path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(json.json().path("paths").size()).isEqualTo(file.document().path("paths").size());
    }

    @Test
    void canBeTriedWithoutAskingAnotherServer() {
        Api.Answer page = api.send(api.request("/docs/index.html"));

        assertThat(api.send(api.request("/docs")).header("Location")).endsWith("/docs/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.http().body()).doesNotContain("http").contains("'/openapi.json'");
        for (String part : new String[] {"swagger-ui.css", "swagger-ui-bundle.js"}) {
            assertThat(page.http().body()).contains("/webjars/swagger-ui/" + part);
            assertThat(api.send(api.request("/webjars/swagger-ui/" + part)).status()).isEqualTo(200);
        }
    }

    @Test
    void hasEveryCallOfTheRestDslAndNoOther() {
        Map<String, String> served = new TreeMap<>();
        for (RestDefinition rest : ((ModelCamelContext) camel).getRestDefinitions()) {
            rest.getVerbs().forEach(verb -> served.put(verb.getId(), verb.asVerb() + " " + rest.getPath()
                    + (verb.getPath() == null ? "" : verb.getPath())));
        }
        Map<String, String> described = new TreeMap<>();
        file.operations().forEach((operation, place) -> {
            JsonPointer path = place.tail();
            described.put(operation, place.last().getMatchingProperty() + " " + path.getMatchingProperty());
        });

        assertThat(described).isEqualTo(served).hasSizeGreaterThan(10);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        assertThat(file.document().findValuesAsText("$ref")).isNotEmpty().allSatisfy(reference ->
                assertThat(file.document().at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
    }

    @Test
    void examplesFitTheirSchemas() {
        List<String> checked = new ArrayList<>();
        examples(file.document(), "", checked);

        assertThat(checked).hasSizeGreaterThan(20);
    }

    /** Media types are the nodes that have a schema and examples. */
    private void examples(JsonNode node, String place, List<String> checked) {
        if (place.endsWith("~1json") || place.endsWith("+json")) {
            if (node.has("example")) {
                fits(node.path("example"), place, checked);
            }
            node.path("examples").fields().forEachRemaining(example ->
                    fits(example.getValue().path("value"), place, checked));
            return;
        }
        node.fields().forEachRemaining(child -> examples(child.getValue(),
                place + JsonPointer.empty().appendProperty(child.getKey()), checked));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            examples(node.get(i), place + "/" + i, checked);
        }
    }

    private void fits(JsonNode example, String place, List<String> checked) {
        SchemaValidatorsConfig config = SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER)
                .formatAssertionsEnabled(true).build();
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("classpath:" + OpenApiFile.LOCATION + "#" + place + "/schema"), config)
                .validate(example)).as(place).isEmpty();
        checked.add(place);
    }
}
