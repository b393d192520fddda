package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactsTest {

    private static final SandboxServer SERVER = new SandboxServer(0);
    private static final ChatwootContract CONTRACT = new ChatwootContract();

    private Caller caller;

    @BeforeAll
    static void start() {
        SERVER.start();
        SERVER.listen(CONTRACT);
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
        CONTRACT.assertKept();
    }

    @BeforeEach
    void reset() {
        SERVER.reset();
        caller = Caller.of(SERVER);
    }

    @Test
    void aContactIsMadeWithAThread() throws IOException {
        Caller.Reply reply = caller.post("~/contacts", """
                {'name':'Zoë 🦊','email':'Zoe@Example.org','phone_number':'+4915112345678','identifier':'u-1',
                 'custom_attributes':{'plan':'gold'},'additional_attributes':{'city':'Rome'},
                 'inbox_id':1,'source_id':'session-1'}""");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/payload/contact/id").asLong()).isEqualTo(1);
        assertThat(reply.at("/payload/contact/name").asText()).isEqualTo("Zoë 🦊");
        assertThat(reply.at("/payload/contact/email").asText()).isEqualTo("zoe@example.org");
        assertThat(reply.at("/payload/contact/custom_attributes/plan").asText()).isEqualTo("gold");
        assertThat(reply.at("/payload/contact/contact_inboxes/0/source_id").asText()).isEqualTo("session-1");
        assertThat(reply.at("/payload/contact_inbox/source_id").asText()).isEqualTo("session-1");
        assertThat(reply.at("/payload/contact_inbox/inbox/id").asLong()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'identifier':'u'} | Identifier has already been taken | identifier",
            "{'email':'A@b.org'} | Email has already been taken | email",
            "{'phone_number':'+491234567'} | Phone number has already been taken | phone_number",
            "{'phone_number':'0151 12345'} | Phone number should be in e164 format | phone_number",
            "{'email':'nobody'} | Email is invalid | email"})
    void whatIsTakenOrMalformedIsRefusedAndNamed(String body, String message, String attribute) throws IOException {
        caller.post("~/contacts", "{'identifier':'u','email':'a@b.org','phone_number':'+491234567'}");

        Caller.Reply reply = caller.post("~/contacts", body);

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/message").asText()).isEqualTo(message);
        assertThat(reply.at("/attributes/0").asText()).isEqualTo(attribute);
        assertThat(caller.get("~/contacts/2").status()).isEqualTo(404);
    }

    @Test
    void anIdentifierOfMoreThan255CharactersIsTooLong() throws IOException {
        assertThat(caller.post("~/contacts", "{'identifier':'" + "🦊".repeat(255) + "'}").status()).isEqualTo(200);
        Caller.Reply reply = caller.post("~/contacts", "{'identifier':'" + "x".repeat(256) + "'}");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.at("/message").asText()).isEqualTo("Identifier is too long (maximum is 255 characters)");
    }

    @Test
    void anUnknownInboxMakesNoContact() throws IOException {
        assertThat(caller.post("~/contacts", "{'identifier':'u','inbox_id':9}").status()).isEqualTo(404);
        assertThat(caller.post("~/contacts", "{'identifier':'u','inbox_id':1}").status()).isEqualTo(200);
    }

    @Test
    void aSourceIdOfAnotherContactCrashesAndLeavesNothing() throws IOException {
        caller.post("~/contacts", "{'identifier':'a','inbox_id':1,'source_id':'s'}");

        assertThat(caller.post("~/contacts", "{'identifier':'b','inbox_id':1,'source_id':'s'}").status()).isEqualTo(500);
        assertThat(filter("identifier", "equal_to", "b").at("/meta/count").asInt()).isZero();
    }

    @Test
    void aChangeMergesAttributes() throws IOException {
        caller.post("~/contacts", "{'identifier':'u','name':'Old','custom_attributes':{'a':1,'b':1}}");

        Caller.Reply reply = caller.put("~/contacts/1", "{'name':'New','custom_attributes':{'b':2}}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.at("/payload/name").asText()).isEqualTo("New");
        assertThat(reply.at("/payload/identifier").asText()).isEqualTo("u");
        assertThat(reply.at("/payload/custom_attributes").toString()).isEqualTo("{\"a\":1,\"b\":2}");
    }

    @Test
    void aChangeOfTheIdentifierFreesTheOldOne() throws IOException {
        caller.contact("old");
        caller.put("~/contacts/1", "{'identifier':'new'}");

        assertThat(filter("identifier", "equal_to", "old").at("/meta/count").asInt()).isZero();
        assertThat(filter("identifier", "equal_to", "new").at("/payload/0/id").asInt()).isEqualTo(1);
        assertThat(caller.post("~/contacts", "{'identifier':'new'}").status()).isEqualTo(422);
        assertThat(caller.post("~/contacts", "{'identifier':'old'}").status()).isEqualTo(200);
    }

    @Test
    void theFilterIgnoresCaseAndFindsTheExactOneAmongOthers() throws IOException {
        caller.contact("Ann");
        caller.contact("ann");
        caller.contact("Anna");

        Caller.Reply reply = filter("identifier", "equal_to", "ANN");

        assertThat(reply.at("/meta/count").asInt()).isEqualTo(2);
        assertThat(reply.at("/payload").findValuesAsText("identifier")).containsExactly("Ann", "ann");
    }

    @ParameterizedTest
    @CsvSource({"name,contains,user a,2", "email,equal_to,none@example.org,0", "name,not_equal_to,user ann,1",
            "identifier,does_not_contain,nn,0"})
    void theFilterKnowsOtherAttributesAndOperators(String key, String operator, String value, int count)
            throws IOException {
        caller.contact("Ann");
        caller.contact("Anna");
        assertThat(filter(key, operator, value).at("/meta/count").asInt()).isEqualTo(count);
    }

    @Test
    void conditionsOfTheFilterAreJoined() throws IOException {
        caller.contact("a");
        caller.contact("b");
        caller.contact("c");
        Caller.Reply reply = caller.post("~/contacts/filter", """
                {'payload':[
                 {'attribute_key':'name','filter_operator':'equal_to','values':['User a'],'query_operator':'AND'},
                 {'attribute_key':'identifier','filter_operator':'equal_to','values':['b'],'query_operator':'OR'},
                 {'attribute_key':'identifier','filter_operator':'equal_to','values':['c'],'query_operator':null}]}""");
        assertThat(reply.at("/payload").findValuesAsText("identifier")).containsExactly("c");
    }

    @Test
    void theFilterRefusesWhatItDoesNotKnow() throws IOException {
        assertThat(filter("shoe_size", "equal_to", "9").status()).isEqualTo(422);
        assertThat(filter("shoe_size", "equal_to", "9").at("/error").asText()).contains("shoe_size");
        assertThat(filter("identifier", "resembles", "9").status()).isEqualTo(422);
    }

    @Test
    void theFilterHidesContactsThatNobodyCouldRecognise() throws IOException {
        caller.post("~/contacts", "{'name':'Nobody'}");
        assertThat(filter("name", "equal_to", "Nobody").at("/meta/count").asInt()).isZero();
    }

    @Test
    void theSearchFindsPartsAndPages() throws IOException {
        for (int i = 0; i < 16; i++) {
            caller.contact("bulk-" + i);
        }
        Caller.Reply first = caller.get("~/contacts/search?q=ULK-");
        assertThat(first.at("/payload").size()).isEqualTo(15);
        assertThat(first.at("/meta/has_more").asBoolean()).isTrue();
        Caller.Reply second = caller.get("~/contacts/search?q=ULK-&page=2");
        assertThat(second.at("/payload").size()).isEqualTo(1);
        assertThat(second.at("/meta/has_more").asBoolean()).isFalse();
        assertThat(caller.get("~/contacts/search").status()).isEqualTo(422);
    }

    @Test
    void aThreadIsOpenedOnceForAContact() throws IOException {
        long id = caller.contact("u");
        String body = "{'inbox_id':1,'source_id':'s'}";

        assertThat(caller.post("~/contacts/" + id + "/contact_inboxes", body).at("/source_id").asText()).isEqualTo("s");
        assertThat(caller.post("~/contacts/" + id + "/contact_inboxes", body).status()).isEqualTo(200);
        assertThat(caller.get("~/contacts/" + id).at("/payload/contact_inboxes").size()).isEqualTo(1);
        assertThat(caller.post("~/contacts/" + caller.contact("v") + "/contact_inboxes", body).status()).isEqualTo(500);
        assertThat(caller.post("~/contacts/99/contact_inboxes", body).status()).isEqualTo(404);
    }

    @Test
    void aNulCharacterCrashes() throws IOException {
        assertThat(caller.post("~/contacts", "{'identifier':'a\\u0000b'}").status()).isEqualTo(500);
        assertThat(caller.post("~/contacts", "{'custom_attributes':{'x':['\\u0000']}}").status()).isEqualTo(500);
    }

    private Caller.Reply filter(String key, String operator, String value) throws IOException {
        return caller.post("~/contacts/filter", "{'payload':[{'attribute_key':'" + key + "','filter_operator':'"
                + operator + "','values':['" + value + "'],'query_operator':null}]}");
    }
}
