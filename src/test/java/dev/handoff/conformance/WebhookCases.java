package dev.handoff.conformance;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SupportSystem.Changed;
import dev.handoff.support.SupportSystem.Event;
import dev.handoff.support.SupportSystem.Received;
import dev.handoff.support.SupportSystem.Webhook;

/** Webhooks: whom to believe, and what they tell. */
final class WebhookCases {

    static final String FILE = "receive.yaml";

    private static final String GROUP = "webhooks";
    private static final List<String> BROKEN = List.of("", "{", "null", "[]", "{}", "\"text\"", "<html></html>");

    private WebhookCases() {
    }

    static List<Case> all(SystemFile file, Account account) {
        if (file.webhook().isMissingNode()) {
            return List.of();
        }
        List<Case> cases = new ArrayList<>(SignatureCases.all(file, GROUP));
        Path recordings = account.file(FILE);
        if (!Files.exists(recordings)) {
            cases.add(failing(new Mismatch("webhooks of each kind in " + recordings, "there is no such file",
                    "write it, as 'receive.yaml' in " + Account.FILES + "/README.md describes it")));
            return cases;
        }
        JsonNode all;
        try {
            all = KitFile.recording(recordings).json();
        } catch (Mismatch notYaml) {
            cases.add(failing(notYaml));
            return cases;
        }
        all.forEach(one -> {
            cases.add(Case.must("receive: " + one.path("name").asText(), GROUP, scene -> receive(scene, one)).unrecorded());
            if (one.has("headers")) {
                cases.add(Case.must("signature: " + one.path("name").asText(), GROUP, scene -> believed(scene, one))
                        .unrecorded());
            }
        });
        cases.add(Case.must("receive-unknown-kind", GROUP, scene -> {
            boolean there = false;
            for (JsonNode one : all) {
                there |= one.path("conversations").isEmpty() && one.path("events").isEmpty();
            }
            Mismatch.unless(there, "a webhook of a kind that nobody knows, with two empty lists", "there is none in "
                    + recordings, "write one");
        }).unrecorded());
        cases.add(Case.must("receive-broken", GROUP, WebhookCases::broken).unrecorded());
        return cases;
    }

    private static Case failing(Mismatch why) {
        return Case.must("receive", GROUP, scene -> {
            throw why;
        }).unrecorded();
    }

    private static void receive(Scene scene, JsonNode recorded) throws Exception {
        if (scene.account.isLive()) {
            throw new NotTried("its webhooks are of the account that account.yaml describes");
        }
        JsonNode one = new Placeholders().with("run", Inputs.RECORDED_RUN).in(recorded);
        Received received = scene.done("receive", () -> scene.support.receive(text(one.path("body"))));
        Received expected = new Received(conversations(one), events(one));
        Mismatch.unless(received.equals(expected), expected.toString(), received,
                "mend what receive makes of this webhook, or receive.yaml");
        quiet(scene);
    }

    private static void broken(Scene scene) throws Exception {
        for (String body : BROKEN) {
            try {
                Received received = scene.support.receive(body);
                Mismatch.unless(received.conversations().isEmpty() && received.events().isEmpty(),
                        "nothing, from the body " + body, received, "look whether it is what a webhook holds");
            } catch (CallFailed fine) {
                scene.secretsAreKept(fine.getMessage());
            }
        }
        quiet(scene);
    }

    private static void quiet(Scene scene) {
        Mismatch.unless(scene.wire.exchanges().isEmpty(), "receive sends nothing", scene.wire.exchanges(),
                "leave calls to events-since");
    }

    /** The vendor's own signature, over the body as it came. */
    private static void believed(Scene scene, JsonNode one) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        one.path("headers").fields().forEachRemaining(header -> headers.put(header.getKey(), header.getValue().asText()));
        String refusal = scene.support.refusal(new Webhook(headers::get, null,
                text(one.path("body")).getBytes(StandardCharsets.UTF_8)));
        // A signature that has been written down cannot be young; what is stale has been found to fit.
        Mismatch.unless(refusal == null || refusal.contains("may be a repeated one"), "the vendor's signature is believed",
                refusal, "mend 'webhook' in system.yaml");
    }

    static String text(JsonNode body) {
        return body.isTextual() ? body.textValue() : body.toString();
    }

    private static List<Changed> conversations(JsonNode one) {
        List<Changed> all = new ArrayList<>();
        one.path("conversations").forEach(c -> all.add(new Changed(string(c, "id"), string(c, "mark"),
                string(c, "message"), string(c, "version"))));
        return all;
    }

    private static List<Event> events(JsonNode one) {
        List<Event> all = new ArrayList<>();
        one.path("events").forEach(e -> all.add(new Event(
                Event.Kind.valueOf(e.path("kind").asText().toUpperCase(Locale.ROOT)), string(e, "conversation"),
                string(e, "message"), e.hasNonNull("score") ? e.get("score").asInt() : null, string(e, "text"))));
        return all;
    }

    private static String string(JsonNode node, String key) {
        return node.hasNonNull(key) ? node.get(key).asText() : null;
    }

}
