package dev.handoff.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not as described is found, also where the description allows it. */
class PublishedDescriptionTest {

    private final PublishedDescription example =
            PublishedDescription.in(Path.of("src/test/resources/conformance/specs/example.yaml")).orElseThrow();

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "/parcels | {'content': {'type': 'text', 'text': 'hello'}} | ",
            // The alternative that the discriminator names knows no url.
            "/parcels | {'content': {'type': 'text', 'url': 'https://example.org'}} | /content/url",
            "/parcels | {'content': {'type': 'image', 'url': 'https://example.org'}} | ",
            "/parcels | {'contents': {}} | /contents",
            "/conversations/{id}/messages | {'text': 'hello', 'mark': null} | ",
            "/conversations/{id}/messages | {'text': 'hello', 'autor': 'user'} | /autor",
            "/conversations/{id}/messages | {'text': 'hello', 'author': 'robot'} | /author",
            "/conversations/{id}/messages | {'author': 'user'} | text",
    })
    void aRequest(String template, String json, String named) throws JsonProcessingException {
        List<Breach> breaches = example.check("POST", template, List.of(), null, json(json), 201, null);

        if (named == null) {
            assertThat(breaches).isEmpty();
        } else {
            assertThat(breaches).hasSize(1);
            assertThat(breaches.get(0).toString()).contains(named);
        }
    }

    @Test
    void whatIsNotThere(@TempDir Path empty) throws JsonProcessingException {
        assertThat(example.check("GET", "/weather", List.of(), null, json("{}"), 200, null)).hasSize(1);
        assertThat(example.check("GET", "/conversations/{id}/messages", List.of("before"), null, json("{}"), 200, null))
                .extracting(Breach::pointer).containsExactly("/before");
        assertThat(PublishedDescription.in(empty.resolve("example.yaml"))).isEmpty();
    }

    @Test
    void theWordsOfAPathGoBeforeItsVariables() {
        assertThat(example.template("GET", "/conversations/77/messages")).isEqualTo("/conversations/{id}/messages");
        assertThat(example.template("GET", "/teams")).isEqualTo("/teams");
        assertThat(example.template("GET", "/weather")).isEqualTo("/weather");
    }

    private static JsonNode json(String quoted) throws JsonProcessingException {
        return new ObjectMapper().readTree(quoted.replace('\'', '"'));
    }
}
