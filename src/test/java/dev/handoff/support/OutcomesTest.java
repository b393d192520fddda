package dev.handoff.support;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.handoff.session.Author;
import dev.handoff.session.Team;
import dev.handoff.session.User;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.ScriptedServer.Reply;
import dev.handoff.support.SupportSystem.Post;
import groovy.lang.GroovyShell;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** What a failed call means, by the table for all systems (the system "odd" has no rules) and by Chatwoot's own. */
@ExtendWith(OutputCaptureExtension.class)
class OutcomesTest extends SupportTest {

    private static final Post POST = new Post("m-1", false, Author.USER, null, "a text of the user", null);

    private Connection odd;

    @Autowired
    void connections(SupportConfiguration.CheckedConnections connections) {
        odd = connections.all().stream().filter(one -> one.name().equals("odd")).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({"429, LIMITED", "401, MISCONFIGURED", "403, MISCONFIGURED", "407, MISCONFIGURED", "408, UNKNOWN",
            "500, UNKNOWN", "502, UNKNOWN", "503, UNKNOWN", "404, GONE", "400, REJECTED", "409, REJECTED",
            "413, REJECTED", "422, REJECTED", "301, MISCONFIGURED", "302, MISCONFIGURED"})
    void aStatusMeansTheSameForEachSystem(int status, Outcome outcome) {
        SERVER.on("POST", "/post", r -> refused(status, "{\"error\":\"a text of the user\"}"));

        CallFailed failed = failure(() -> odd().post(POST, Map.of()));

        assertThat(failed.outcome()).isEqualTo(outcome);
        assertThat(failed.httpStatus()).isEqualTo(status);
        assertThat(failed.connection()).isEqualTo("odd");
        assertThat(failed.operation()).isEqualTo("post");
        assertThat(failed.getMessage()).contains(String.valueOf(status)).doesNotContain("a text of the user");
        assertThat(SERVER.requests()).as("no hidden retry").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"post, GONE", "transfer, GONE", "state, GONE", "close, GONE",
            "create-user, REJECTED", "create-conversation, REJECTED", "teams, REJECTED"})
    void whatIsNotFoundIsGoneOnlyIfItWasThere(String operation, Outcome outcome) {
        assertThat(failure(() -> run(odd(), operation)).outcome()).isEqualTo(outcome);
    }

    @Test
    void waitsAsLongAsTheSystemSays() {
        SERVER.on("POST", "/post", r -> new Reply(429, "slow down", Map.of("Retry-After", "17")));
        assertThat(failure(() -> odd().post(POST, Map.of())).retryAfter()).isEqualTo(Duration.ofSeconds(17));

        String then = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(90));
        SERVER.on("POST", "/post", r -> new Reply(429, "", Map.of("retry-after", then)));
        assertThat(failure(() -> odd().post(POST, Map.of())).retryAfter())
                .isBetween(Duration.ofSeconds(80), Duration.ofSeconds(90));

        SERVER.on("POST", "/post", r -> new Reply(429, "", Map.of("Retry-After", "soon")));
        assertThat(failure(() -> odd().post(POST, Map.of())).retryAfter()).isNull();
    }

    @Test
    void aScriptThatCannotBeCompiledIsSaidInItsOwnWords() {
        Throwable broken = catchThrowable(() -> new GroovyShell().parse("body.collect { it.id", "Script1.groovy"));

        CallFailed failed = new Outcomes(odd).of("teams", broken, new GuardedSending.Sent());

        assertThat(failed.outcome()).isEqualTo(Outcome.MISCONFIGURED);
        assertThat(failed.getMessage()).startsWith("The route odd-teams failed: a script of it cannot be compiled: ")
                .contains("line 1, column 14").doesNotContain("\n");
    }

    @Test
    void aRouteThatIsNotThereIsNamed() throws Exception {
        Throwable missing = catchThrowable(() -> camel.createProducerTemplate().requestBody("direct:odd-cal", ""));

        CallFailed failed = new Outcomes(odd).of("teams", missing, new GuardedSending.Sent());

        assertThat(failed.outcome()).isEqualTo(Outcome.NOT_SENT);
        assertThat(failed.getMessage()).startsWith("The route direct:odd-cal is not there; its name is misspelt");
    }

    @Test
    void waitsUntilTheLimitIsReset() {
        Map<String, String> reset = Map.of("X-RateLimit-Reset", String.valueOf(Instant.now().getEpochSecond() + 40));
        SERVER.on("POST", "/post", r -> new Reply(429, "", reset));
        assertThat(failure(() -> odd().post(POST, Map.of())).retryAfter())
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));

        Map<String, String> millis = Map.of("X-RateLimit-Reset", String.valueOf(Instant.now().toEpochMilli() + 40_000));
        SERVER.on("POST", "/post", r -> new Reply(429, "", millis));
        assertThat(failure(() -> odd().post(POST, Map.of())).retryAfter())
                .isBetween(Duration.ofSeconds(20), Duration.ofSeconds(40));

        SERVER.on("POST", "/post", r -> new Reply(429, "", Map.of("X-RateLimit-Reset", "1000000000")));
        assertThat(failure(() -> odd().post(POST, Map.of())).retryAfter()).isEqualTo(Duration.ofSeconds(1));

        for (String never : List.of("9999999999", "9999999999999", "12345678901234567890")) {
            SERVER.on("POST", "/post", r -> new Reply(429, "", Map.of("X-RateLimit-Reset", never)));
            assertThat(failure(() -> odd().post(POST, Map.of())).retryAfter()).as(never).isNull();
        }
    }

    @Test
    void whatNeverArrivedMayBeTriedAgain() {
        assertThat(failure(() -> systems.get("dead").teams()).outcome()).isEqualTo(Outcome.NOT_SENT);
        CallFailed unknownHost = failure(() -> systems.get("nowhere").teams());
        assertThat(unknownHost.outcome()).isEqualTo(Outcome.NOT_SENT);
        assertThat(unknownHost.getMessage()).contains("settings.base-url");
    }

    @Test
    void aLostAnswerLeavesItOpen() throws Exception {
        SERVER.on("POST", "/post", r -> Reply.reset());
        assertThat(failure(() -> odd().post(POST, Map.of())).outcome()).isEqualTo(Outcome.UNKNOWN);

        CountDownLatch done = new CountDownLatch(1);
        SERVER.on("POST", CONVERSATION + "/messages", r -> {
            await(done);
            return Reply.json("{\"id\":1}");
        });
        long begin = System.nanoTime();
        CallFailed slow = failure(() -> systems.get("quick").post(POST, REFS));
        done.countDown();
        assertThat(slow.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(slow.getMessage()).contains("handoff.connections.quick.timeout", "300 ms");
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aWrongAddressIsSaidInWords() throws Exception {
        assertThat(failure(() -> systems.get("tls").teams()))
                .satisfies(e -> assertThat(e.outcome()).isEqualTo(Outcome.MISCONFIGURED))
                .hasMessageContainingAll("settings.base-url", "TLS");
        SERVER.on("GET", "/api/v1/accounts/1/teams",
                r -> new Reply(404, "<html>nothing here</html>", Map.of("Content-Type", "text/html; charset=utf-8")));
        assertThat(failure(() -> desk().teams())).hasMessageContainingAll("settings.base-url", "web page");
        SERVER.on("GET", "/api/v1/accounts/1/teams",
                r -> new Reply(200, "<html>welcome</html>", Map.of("Content-Type", "text/html")));
        assertThat(failure(() -> desk().teams()))
                .satisfies(e -> assertThat(e.outcome()).isEqualTo(Outcome.MISCONFIGURED))
                .hasMessageContainingAll("settings.base-url", "not JSON");
        SERVER.on("POST", CONVERSATION + "/messages", r -> new Reply(200, "<html>", Map.of()));
        assertThat(failure(() -> desk().post(POST, REFS)).outcome()).isEqualTo(Outcome.UNKNOWN);
        SERVER.on("POST", CONVERSATION + "/messages", r -> new Reply(301, "", Map.of("Location", "/login")));
        assertThat(failure(() -> desk().post(POST, REFS))).hasMessageContainingAll("settings.base-url", "redirect");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "post | 422 | {\"error\":\"Validation failed: Too many messages\"} | LIMITED | minute",
            "post | 422 | {\"error\":\"Content is too long (maximum is 150000 characters)\"} | REJECTED | longer",
            "post | 422 | {\"error\":\"Incoming messages are only allowed in Api inboxes\"} | MISCONFIGURED | inbox-id",
            "post | 422 | {\"error\":\"Connection refused - redis\"} | UNKNOWN | stored",
            "post | 404 | {\"error\":\"Resource could not be found\"} | GONE | conversation",
            "teams | 401 | {\"error\":\"Invalid Access Token\"} | MISCONFIGURED | settings.token",
            "transfer | 401 | {\"error\":\"You are not authorized to do this action\"} | MISCONFIGURED | administrator",
            "teams | 401 | {\"error\":\"Account is suspended\"} | MISCONFIGURED | settings.account-id",
            "teams | 404 | {\"error\":\"Resource could not be found\"} | MISCONFIGURED | settings.account-id",
            "create-conversation | 404 | {} | MISCONFIGURED | settings.inbox-id",
            "create-conversation | 422 | {\"error\":\"source_id should be unique\"} | REJECTED | refuses",
            "create-user | 500 | {} | UNKNOWN | 500"})
    void chatwootMeansWhatItsRulesSay(String operation, int status, String answer, Outcome outcome, String word) {
        SERVER.on("POST", ".*", r -> refused(status, answer));
        SERVER.on("GET", ".*", r -> refused(status, answer));

        CallFailed failed = failure(() -> run(desk(), operation));

        assertThat(failed.outcome()).isEqualTo(outcome);
        assertThat(failed.getMessage()).contains(word).doesNotContain("redis", "secret-token", "a text of the user");
        assertThat(failed.retryAfter()).isEqualTo(outcome == Outcome.LIMITED ? Duration.ofMinutes(1) : null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "post | {} | id of what was posted",
            "post | {\"id\":null} | id of what was posted",
            "create-conversation | [1] | map of refs",
            "create-conversation | {\"conversation\":{\"id\":1}} | ref conversation",
            "teams | {\"data\":[]} | list of teams",
            "teams | [{\"id\":1}] | name of a team",
            "state | {\"status\":\"snoozed\"} | status",
            "state | {\"status\":\"open\",\"transferred\":\"yes\"} | transferred"})
    void nonsenseOfARouteIsToldWithRouteAndField(String operation, String given, String field) {
        SERVER.on("POST", "/" + operation, given);
        SERVER.on("GET", "/" + operation, given);

        CallFailed failed = failure(() -> run(odd(), operation));

        assertThat(failed.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(failed.getMessage()).contains("odd-" + operation, field);
    }

    @Test
    void aSecondRequestThatNeverLeftDoesNotHideTheFirst() {
        SERVER.on("POST", CONVERSATION + "/assignments", "{\"id\":2}");
        SendGuard once = new SendGuard() {
            private int sent;

            @Override
            public void beforeSend() {
                if (++sent > 1) {
                    throw new SendForbidden("The lease is over.");
                }
            }
        };

        CallFailed failed = failure(() -> once.call(() -> {
            desk().transfer(new Team("2", "sales"), REFS);
            return null;
        }));

        assertThat(failed.outcome()).isEqualTo(Outcome.UNKNOWN);
        assertThat(SERVER.requests()).hasSize(1);
    }

    @Test
    void aSecondRequestThatIsRefusedDoesNotHideWhatTheFirstHasMade() throws Exception {
        SERVER.on("POST", "/conversations", "{\"id\": \"5\", \"conversation_id\": \"77\"}");
        SERVER.on("POST", "/conversations/77/parts", r -> refused(429, "{}"));

        CallFailed failed = failure(() -> run(seat(), "create-conversation"));

        assertThat(failed.outcome()).isEqualTo(Outcome.LIMITED);
        assertThat(failed.leavesDoubt()).as("the conversation is looked for before one is made").isTrue();

        SERVER.on("POST", "/conversations/search", """
                {"conversations": [{"id": "77", "source": {"id": "5", "body": "Hello [s-1]"}}]}""");
        SERVER.on("POST", "/conversations/77/parts", "{\"id\": \"77\"}");
        assertThat(seat().createConversation(null, "s-1", Map.of("contact", "4"), null, null, true, true))
                .containsEntry("conversation", "77");
        assertThat(SERVER.calls()).filteredOn(call -> call.equals("POST /conversations")).hasSize(1);
    }

    @Test
    void aFirstRequestThatIsRefusedLeavesNoDoubt() {
        SERVER.on("POST", "/conversations", r -> refused(429, "{}"));

        assertThat(failure(() -> run(seat(), "create-conversation")).leavesDoubt()).isFalse();
    }

    @Test
    void aGuardKeepsRequestsFromLeavingAndLeavesNoConnectionBehind() throws Exception {
        SERVER.on("GET", "/api/v1/accounts/1/teams", "[]");
        SendGuard no = () -> {
            throw new SendGuard.SendForbidden("The lease is over.");
        };
        for (int i = 0; i < 1000; i++) {
            assertThat(failure(() -> no.call(() -> desk().teams())))
                    .satisfies(e -> assertThat(e.outcome()).isEqualTo(Outcome.NOT_SENT)).hasMessage("The lease is over.");
        }
        assertThat(SERVER.requests()).isEmpty();
        assertThat(desk().teams()).isEmpty();
    }

    @Test
    void aConnectionThatTheServerHasClosedIsNotUsedAgain() throws Exception {
        SERVER.on("GET", "/api/v1/accounts/1/teams", r -> new Reply(200, "[]", Map.of("Connection", "close")));
        for (int i = 0; i < 20; i++) {
            assertThat(desk().teams()).isEmpty();
        }
    }

    @Test
    void failuresLeaveNoTraceOfUsersOrSecretsInTheLog(CapturedOutput log) {
        SERVER.on("POST", ".*", r -> refused(500, "{\"error\":\"a text of the user\"}"));

        failure(() -> desk().post(POST, REFS));
        failure(() -> desk().createUser(new User("u", "Ana Secret", null, null, null, null), "m"));

        assertThat(log.getAll()).doesNotContain("a text of the user", "secret-token", "Ana Secret", "\tat ");
    }

    /** Makes a conversation by two requests. */
    private SupportSystem seat() {
        return systems.get("seat");
    }

    private SupportSystem odd() {
        return systems.get("odd");
    }

    private static void run(SupportSystem system, String operation) throws CallFailed {
        switch (operation) {
            case "create-user" -> system.createUser(new User("u", null, null, null, null, null), "m-1");
            case "create-conversation" ->
                    system.createConversation(null, "s-1", Map.of("contact", "4"), null, null, false, true);
            case "post" -> system.post(POST, REFS);
            case "find" -> system.find(posts("m-1"), REFS);
            case "teams" -> system.teams();
            case "transfer" -> system.transfer(new Team("2", "sales"), REFS);
            case "state" -> system.state(REFS);
            case "close" -> system.close(REFS, null);
            default -> throw new IllegalArgumentException(operation);
        }
    }

    private static CallFailed failure(ThrowingCallable call) {
        CallFailed failed = catchThrowableOfType(CallFailed.class, call);
        assertThat(failed).as("the call failed").isNotNull();
        return failed;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
