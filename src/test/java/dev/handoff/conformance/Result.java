package dev.handoff.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of a case.
 *
 * @param words    why it was not tried, or cannot be done
 * @param problems what is wrong; empty unless it failed
 * @param route    the file of the operation that was called last; null: none
 * @param recording the file of the case; null: none
 * @param sent     the requests
 */
record Result(Case of, Outcome outcome, String words, List<Mismatch> problems, Path route, Path recording,
        List<Sent> sent) {

    enum Outcome {
        PASSED, FAILED, NOT_TRIED, CANNOT
    }

    boolean failed() {
        return outcome == Outcome.FAILED;
    }

    /** Whether nothing is wrong but that its recording has still to be written. */
    boolean lacksRecording() {
        return failed() && problems.size() == 1 && recording != null && !Files.exists(recording);
    }

    String name() {
        return of.name();
    }
}
