package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.handoff.conformance.PublishedDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The check itself must be able to fail. */
class ChatwootContractTest {

    private static final String ACCOUNT = "/api/v1/accounts/{account_id}";
    private static final String MESSAGE = """
            {'id':1,'content':'x','inbox_id':1,'conversation_id':1,'message_type':1,'content_type':'text',
             'status':'sent','content_attributes':{},'created_at':1,'private':false,'source_id':null,
             'sender':{'id':1,'name':'Bot','type':'agent_bot'}}""";

    private final ChatwootContract contract = new ChatwootContract();

    @Test
    void whatIsRightPasses() {
        message("{'content':'x','sender_type':'AgentBot','sender_id':1}", MESSAGE);
        contract.assertKept();
        assertThat(contract.checked()).containsExactly(
                "POST " + ACCOUNT + "/conversations/{conversation_id}/messages");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'content':'x','privat':true} | privat",
            "{'content':'x','message_type':'note'} | message_type",
            "{'contents':'x'} | content",
            "{'content':'x','sender_type':'AgentBot'} | sender_id",
            "{'content':7} | content"})
    void aRequestThatIsWrongIsABreach(String request, String named) {
        message(request, MESSAGE);
        assertThat(contract.breaches()).anySatisfy(breach -> assertThat(breach.toString()).contains(named));
    }

    @Test
    void anAnswerThatIsWrongIsABreach() {
        message("{'content':'x'}", MESSAGE.replace("'message_type':1", "'message_type':'outgoing'"));
        assertThat(contract.breaches()).anySatisfy(breach -> assertThat(breach.pointer()).isEqualTo("/message_type"));
    }

    @Test
    void aMisspeltQueryIsABreach() {
        contract.accept(new RecordedCall("GET", ACCOUNT + "/teams", Map.of("pages", "1"), json("{}"), 200, json("[]")));
        assertThat(contract.breaches()).anySatisfy(breach -> assertThat(breach.toString()).contains("pages"));
    }

    @Test
    void anErrorOfAnotherShapeIsABreach() {
        contract.accept(new RecordedCall("GET", ACCOUNT + "/teams", Map.of(), json("{}"), 404, json("{'oops':1}")));
        assertThat(contract.breaches()).isNotEmpty();
    }

    @Test
    void aCallThatIsNotKnownIsABreach() {
        contract.accept(new RecordedCall("GET", "/api/v2/nothing", Map.of(), json("{}"), 404,
                json("{'status':404,'error':'Not Found'}")));
        assertThat(contract.breaches()).anySatisfy(
                breach -> assertThat(breach.message()).isEqualTo("there is no schema of this call"));
    }

    @Test
    void withoutThePublishedDescriptionItIsLeftOut(@TempDir Path empty) {
        assertThat(PublishedDescription.in(empty.resolve("chatwoot.json"))).isEmpty();
    }

    private void message(String request, String response) {
        contract.accept(new RecordedCall("POST", ACCOUNT + "/conversations/{conversation_id}/messages", Map.of(),
                json(request), 200, json(response)));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
