package dev.handoff.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {

    private static final SandboxServer SERVER = new SandboxServer(0);

    private Caller caller;

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    @BeforeEach
    void openConversation() throws IOException {
        SERVER.reset();
        caller = Caller.of(SERVER);
        caller.conversation("s");
    }

    @ParameterizedTest
    @CsvSource({"ERROR_BEFORE,500,0", "ERROR_AFTER,500,1", "REFUSED_BEFORE,422,0", "REFUSED_AFTER,422,1",
            "LIMITED,429,0"})
    void anAnswerMayLieAboutWhatWasDone(Fault.Kind kind, int status, int stored) throws IOException {
        SERVER.faults().add(Fault.of(kind).on("POST", "/messages").next(1));

        assertThat(post().status()).isEqualTo(status);
        assertThat(stored()).isEqualTo(stored);
        assertThat(post().status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"RESET_BEFORE,0", "RESET_AFTER,1"})
    void aConnectionMayEndWithoutAnAnswer(Fault.Kind kind, int stored) throws IOException {
        SERVER.faults().add(Fault.of(kind).on("POST", "/messages").next(1));

        assertThatThrownBy(this::post).isInstanceOf(IOException.class);
        assertThat(stored()).isEqualTo(stored);
        assertThat(post().status()).isEqualTo(200);
    }

    @Test
    void aHangBeforeIsDoneWhenTheCallerHasGivenUp() {
        SERVER.faults().add(Fault.of(Fault.Kind.HANG_BEFORE).on("POST", "/messages").next(1));

        assertThatThrownBy(() -> caller.patience(Duration.ofMillis(100)).post("~/conversations/1/messages",
                "{'content':'x'}")).isInstanceOf(HttpTimeoutException.class);
        assertThat(stored()).isZero();
        SERVER.faults().clear();
        await().atMost(Duration.ofSeconds(5)).until(() -> stored() == 1);
    }

    @Test
    void aHangAfterIsDoneAtOnce() {
        SERVER.faults().add(Fault.of(Fault.Kind.HANG_AFTER).on("POST", "/messages").next(1));

        assertThatThrownBy(() -> caller.patience(Duration.ofMillis(100)).post("~/conversations/1/messages",
                "{'content':'x'}")).isInstanceOf(HttpTimeoutException.class);
        assertThat(stored()).isEqualTo(1);
    }

    @Test
    void aHangMayEndByItself() throws IOException {
        SERVER.faults().add(Fault.of(Fault.Kind.HANG_AFTER).lasting(Duration.ofMillis(50)));
        assertThat(post().status()).isEqualTo(200);
    }

    @Test
    void latencyAddsToWhatElseGoesWrong() throws IOException {
        SERVER.faults().add(Fault.latency(Duration.ofMillis(60)));
        SERVER.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).next(1));
        long begun = System.nanoTime();

        assertThat(post().status()).isEqualTo(500);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    @Test
    void tooManyRequestsMayTellHowLongToWait() throws IOException {
        SERVER.faults().add(Fault.of(Fault.Kind.LIMITED).next(1));
        Caller.Reply silent = post();
        assertThat(silent.text()).isEqualTo("Retry later\n");
        assertThat(silent.raw().headers().firstValue("Retry-After")).isEmpty();

        SERVER.faults().add(Fault.of(Fault.Kind.LIMITED).retryAfter(Duration.ofSeconds(7)).next(1));
        assertThat(post().raw().headers().firstValue("Retry-After")).contains("7");
    }

    @Test
    void aFaultHitsOnlyTheCallsThatItNames() throws IOException {
        SERVER.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).on("POST", "/conversations/{conversation_id}/messages"));
        assertThat(caller.get("~/conversations/1/messages").status()).isEqualTo(200);
        assertThat(caller.post("~/conversations/1/assignments", "{'team_id':1}").status()).isEqualTo(200);
        assertThat(post().status()).isEqualTo(500);
    }

    @Test
    void theDiceFallAlikeInEveryRun() {
        assertThat(throwDice()).isEqualTo(throwDice());
        assertThat(throwDice()).contains("x").contains("-");
    }

    @Test
    void downRefusesConnectionsAndForgetsNothing() throws IOException {
        post();
        int port = SERVER.port();
        SERVER.down();
        assertThatThrownBy(this::post).isInstanceOf(ConnectException.class);
        SERVER.up();
        assertThat(SERVER.port()).isEqualTo(port);
        assertThat(post().status()).isEqualTo(200);
        assertThat(stored()).isEqualTo(2);
    }

    @Test
    void theLastOfSoManyCallsIsTheLastUnderLoad() {
        SERVER.faults().add(Fault.of(Fault.Kind.ERROR_BEFORE).next(20));
        long failed = IntStream.range(0, 60).parallel().filter(i -> {
            try {
                return post().status() == 500;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).count();
        assertThat(failed).isEqualTo(20);
        assertThat(SERVER.faults().list()).isEmpty();
        assertThat(stored()).isEqualTo(40);
    }

    private static String throwDice() {
        Faults faults = new Faults(7);
        faults.add(Fault.of(Fault.Kind.ERROR_BEFORE).withProbability(0.5));
        StringBuilder fallen = new StringBuilder();
        IntStream.range(0, 64).forEach(i -> fallen.append(faults.meet("GET", "/x").fault() == null ? '-' : 'x'));
        return fallen.toString();
    }

    private Caller.Reply post() throws IOException {
        return caller.post("~/conversations/1/messages", "{'content':'x'}");
    }

    private static int stored() {
        return SERVER.view().conversation(1).orElseThrow().messages().size();
    }
}
