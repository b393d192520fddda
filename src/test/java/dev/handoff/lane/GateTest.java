package dev.handoff.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.stream.IntStream;

import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;

import io.github.resilience4j.core.IntervalFunction;
import org.junit.jupiter.api.Test;

/** Who may send while a destination is well, and while nobody answers there. */
class GateTest {

    private static final int UNANSWERED = 10;

    private final Gate gate = new Gate("connection desk", 8, null, IntervalFunction.of(50));

    private static CallFailed failure(Outcome outcome, Integer status) {
        CallFailed failed = new CallFailed(outcome, "desk", "post", status, null, "Desk cannot be reached.", null);
        return status == null ? failed.silence() : failed;
    }

    private void fails(CallFailed failure) {
        assertThat(gate.enter(true)).isTrue();
        gate.failed(failure);
        gate.leave(true);
    }

    private int entered() {
        return (int) IntStream.range(0, 20).filter(i -> gate.enter(i % 2 == 0)).count();
    }

    private void nobodyAnswers() {
        IntStream.range(0, UNANSWERED).forEach(i -> fails(failure(Outcome.NOT_SENT, null)));
    }

    @Test
    void asManyAsThereArePlaces() {
        assertThat(entered()).isEqualTo(8);
    }

    @Test
    void whereNobodyAnswersOneAtATimeTries() {
        nobodyAnswers();

        assertThat(gate.trouble()).map(CallFailed::getMessage).contains("Desk cannot be reached.");
        await().until(() -> gate.enter(true));
        assertThat(entered()).as("beside the one that tries").isZero();
        gate.failed(failure(Outcome.UNKNOWN, null));
        gate.leave(true);
        await().until(() -> gate.enter(false));
        assertThat(entered()).isZero();
    }

    @Test
    void oneAnswerLetsAllIn() {
        nobodyAnswers();
        await().until(() -> gate.enter(true));
        gate.answered();
        gate.leave(true);

        assertThat(gate.trouble()).isEmpty();
        assertThat(entered()).isEqualTo(8);
    }

    @Test
    void whoEntersAndDoesNothingLeavesTheTryToAnother() {
        nobodyAnswers();
        await().until(() -> gate.enter(true));
        gate.leave(true);

        assertThat(gate.enter(true)).isTrue();
    }

    @Test
    void whoSaysNoHasAnswered() {
        for (int i = 0; i < UNANSWERED; i++) {
            fails(failure(Outcome.UNKNOWN, 500));
            fails(failure(Outcome.REJECTED, 422));
        }

        assertThat(gate.trouble()).isEmpty();
    }

    @Test
    void whatFailsBeforeItIsSentSaysNothing() {
        for (int i = 0; i < 2 * UNANSWERED; i++) {
            fails(new CallFailed(Outcome.NOT_SENT, "desk", "post", null, null, "The lease is over.", null));
        }

        assertThat(gate.trouble()).isEmpty();
    }

    @Test
    void oneOfTenIsEnough() {
        for (int i = 1; i <= 5 * UNANSWERED; i++) {
            fails(failure(Outcome.UNKNOWN, i % UNANSWERED == 0 ? 500 : 503));
        }

        assertThat(gate.trouble()).isEmpty();
    }
}
