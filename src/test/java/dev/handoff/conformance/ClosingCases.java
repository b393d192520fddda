package dev.handoff.conformance;

import java.util.List;
import java.util.Map;

import dev.handoff.support.SupportSystem.State;

/** Closing, and opening again. */
final class ClosingCases {

    private static final String CLOSE = "close";

    private ClosingCases() {
    }

    static List<Case> all() {
        return List.of(
                Case.must(CLOSE, CLOSE, scene -> close(scene, scene.handedOver())),
                Case.must("close-again", CLOSE, scene -> close(scene, scene.closed())),
                Case.must("reopen", "reopen", scene -> {
                    Map<String, String> refs = scene.closed();
                    scene.done("reopen", () -> {
                        scene.support.reopen(refs);
                        return null;
                    });
                    status(scene, refs, "pending", "let reopen make it take messages, hidden from agents");
                    scene.transfer(scene.account.team(), refs);
                    status(scene, refs, "open", "let transfer show it to agents again");
                }).where(file -> file.can("reopen")));
    }

    private static void close(Scene scene, Map<String, String> refs) throws Exception {
        scene.done(CLOSE, () -> {
            scene.support.close(refs, "The user is content.");
            return null;
        });
        status(scene, refs, "closed", "let close do so, also where it is closed already; and state see it");
    }

    private static void status(Scene scene, Map<String, String> refs, String status, String mend) throws Exception {
        scene.seen(s -> {
            State state = s.done("state", () -> s.support.state(refs));
            Mismatch.unless(state.status().equals(status), "status " + status, state, mend);
        });
    }
}
