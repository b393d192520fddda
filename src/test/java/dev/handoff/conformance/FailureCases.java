package dev.handoff.conformance;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import dev.handoff.conformance.Wire.Reply;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem;

/** What the route set makes of answers that every system gives. The kit gives them itself. */
final class FailureCases {

    private static final String GROUP = "failures";
    private static final Duration WAIT = Duration.ofSeconds(7);

    private FailureCases() {
    }

    static List<Case> all() {
        return List.of(
                answered("limited", Outcome.LIMITED, new Reply(429, Map.of("Retry-After", List.of("7"),
                        "Content-Type", List.of("application/json")), "{}".getBytes())),
                answered("server-error", Outcome.UNKNOWN, Reply.json(503, "{\"error\":\"out of order\"}")),
                answered("no-answer", Outcome.UNKNOWN, null),
                answered("rejected", Outcome.REJECTED, Reply.json(400, "{\"error\":\"not like this\"}")),
                answered("gone-post", Outcome.GONE, Reply.json(404, "{\"error\":\"there is none\"}")),
                Case.may("unreachable", GROUP, scene -> {
                    Map<String, String> refs = scene.conversation();
                    scene.failed("post", Outcome.NOT_SENT, () ->
                            scene.connection(RunningRoutes.UNREACHABLE).post(scene.in.user("one"), refs));
                }).unrecorded(),
                Case.must("gone", GROUP, scene -> {
                    Map<String, String> refs = new HashMap<>(scene.conversation());
                    refs.putAll(scene.account.gone());
                    Mismatch.unless(!scene.account.gone().isEmpty(), "'gone' in account.yaml: refs that lead to nothing",
                            "it is missing", "write it");
                    scene.failed("state", Outcome.GONE, () -> scene.support.state(refs));
                }));
    }

    private static Case answered(String name, Outcome outcome, Reply reply) {
        return Case.may(name, GROUP, scene -> {
            Map<String, String> refs = scene.conversation();
            scene.wire.connect(sent -> reply);
            SupportSystem support = scene.support;
            CallFailed failed = scene.failed("post", outcome, () -> support.post(scene.in.user("one"), refs));
            Mismatch.unless(outcome != Outcome.LIMITED || WAIT.equals(failed.retryAfter()), "to wait " + WAIT.toSeconds()
                    + " s, as Retry-After says", failed.retryAfter(), "let the exception of the answer through");
        }).unrecorded();
    }
}
