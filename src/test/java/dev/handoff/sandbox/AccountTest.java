package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountTest {

    private static final SandboxServer SERVER = new SandboxServer(0);
    private static final ChatwootContract CONTRACT = new ChatwootContract();

    private final Caller caller = Caller.of(SERVER);

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

    @Test
    void teamsAreABareArrayOfLowerCaseNames() throws IOException {
        Caller.Reply reply = caller.get("~/teams");
        assertThat(reply.json().isArray()).isTrue();
        assertThat(reply.json().findValuesAsText("name")).containsExactly("front desk", "payments", "bookings",
                "travel", "leisure", "home", "gadgets", "billing");
        assertThat(caller.get("~/teams/2").at("/name").asText()).isEqualTo("payments");
    }

    @Test
    void membersSayWhetherTheyAreThere() throws IOException {
        Caller.Reply reply = caller.get("~/teams/2/team_members");
        assertThat(reply.json().isArray()).isTrue();
        assertThat(reply.json().findValuesAsText("availability_status")).containsExactly("online", "offline");
        assertThat(caller.get("~/teams/99/team_members").status()).isEqualTo(404);
    }

    @Test
    void agentsAndMembersOfTheInboxAreListed() throws IOException {
        assertThat(caller.get("~/agents").json().findValuesAsText("name")).hasSize(6).contains("Ada Novak");
        assertThat(caller.get("~/inbox_members/1").at("/payload").size()).isEqualTo(5);
    }

    @Test
    void theInboxIsAnApiInbox() throws IOException {
        Caller.Reply reply = caller.get("~/inboxes/1");
        assertThat(reply.at("/channel_type").asText()).isEqualTo("Channel::Api");
        assertThat(reply.at("/inbox_identifier").asText()).isNotEmpty();
        assertThat(reply.at("/working_hours").size()).isEqualTo(7);
        assertThat(caller.get("~/inboxes/9").status()).isEqualTo(404);
        assertThat(caller.get("~/inboxes").at("/payload/0/id").asInt()).isEqualTo(1);
    }

    @Test
    void theProfileTellsRoleAndAccount() throws IOException {
        Caller.Reply reply = caller.get("/api/v1/profile");
        assertThat(reply.at("/role").asText()).isEqualTo("administrator");
        assertThat(reply.at("/accounts/0/id").asInt()).isEqualTo(1);
        assertThat(reply.at("/accounts/0/role").asText()).isEqualTo("administrator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"api_access_token", "api-access-token", "Api-Access-Token"})
    void theTokenMayComeInEitherHeader(String header) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(caller.uri("~/teams")).header(header, SandboxSeed.TOKEN).build();
        assertThat(caller.send(request).status()).isEqualTo(200);
    }

    @Test
    void withoutARightTokenNothingIsTold() throws IOException {
        Caller.Reply none = caller.as(null).get("~/teams");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.at("/errors/0").asText()).isEqualTo("You need to sign in or sign up before continuing.");
        Caller.Reply wrong = caller.as("guess").get("~/teams");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.at("/error").asText()).isEqualTo("Invalid Access Token");
    }

    @Test
    void anotherAccountIsNotFound() throws IOException {
        Caller.Reply reply = caller.get("/api/v1/accounts/2/teams");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.at("/error").asText()).isEqualTo("Resource could not be found");
    }

    @Test
    void aBodyThatIsNoJsonIsRefused() throws IOException {
        assertThat(caller.post("~/contacts", "{'name':").status()).isEqualTo(400);
    }

    @Test
    void whatIsNotSaidToBeJsonIsNotReadAsJson() throws IOException {
        HttpRequest request = HttpRequest.newBuilder(caller.uri("~/contacts"))
                .header("api-access-token", SandboxSeed.TOKEN).header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"Ann\"}")).build();
        assertThat(caller.send(request).at("/payload/contact/name").asText()).isEmpty();
    }
}
