package dev.handoff.conformance;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.support.SupportSystem.Webhook;

/** Which webhooks are believed: signed here as {@code system.yaml} says, by code of the kit's own. */
final class SignatureCases {

    private static final String BODY = "{\"kit\": \"Zoë 😀\"}";
    private static final long LONG_AGO = 86_400;

    private SignatureCases() {
    }

    static List<Case> all(SystemFile file, String group) {
        JsonNode rule = file.webhook();
        List<Case> cases = new ArrayList<>();
        cases.add(Case.must("signature-right", group, scene -> believed(scene, true,
                hook(rule, secret(scene, rule, "secret"), 0, BODY), "the right signature")));
        cases.add(Case.must("signature-wrong", group, scene -> {
            believed(scene, false, hook(rule, "not-the-secret", 0, BODY), "a signature by another secret");
            Webhook right = hook(rule, secret(scene, rule, "secret"), 0, BODY);
            if (!rule.path("algorithm").asText().equals("equality")) {
                believed(scene, false, new Webhook(right.headers(), null, "{}".getBytes(StandardCharsets.UTF_8)),
                        "the signature of another body");
            }
        }));
        cases.add(Case.must("signature-missing", group, scene -> believed(scene, false,
                new Webhook(name -> null, null, BODY.getBytes(StandardCharsets.UTF_8)), "no signature")));
        if (rule.has("timestamp") && rule.has("tolerance")) {
            cases.add(Case.must("signature-stale", group, scene -> believed(scene, false,
                    hook(rule, secret(scene, rule, "secret"), LONG_AGO, BODY), "a signature of yesterday")));
        }
        if (rule.has("previous-secret")) {
            cases.add(Case.must("signature-previous", group, scene -> believed(scene, true,
                    hook(rule, secret(scene, rule, "previous-secret"), 0, BODY), "the previous secret")));
        }
        return cases.stream().map(Case::unrecorded).toList();
    }

    private static String secret(Scene scene, JsonNode rule, String key) {
        String setting = rule.path(key).asText();
        Object secret = scene.account.settings().get(setting);
        if (secret == null) {
            throw new NotTried("settings." + setting + " is not set");
        }
        return secret.toString();
    }

    private static void believed(Scene scene, boolean expected, Webhook webhook, String what) {
        String refusal = scene.support.refusal(webhook);
        Mismatch.unless((refusal == null) == expected, what + (expected ? " is believed" : " is refused"),
                refusal == null ? "it is believed" : refusal, "mend 'webhook' in system.yaml");
    }

    private static Webhook hook(JsonNode rule, String secret, long age, String body) {
        String time = Long.toString(Instant.now().getEpochSecond() - age);
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (rule.has("timestamp")) {
            headers.put(rule.get("timestamp").asText(), time);
        }
        headers.put(rule.get("header").asText(), rule.path("prefix").asText("") + signature(rule, secret, time, body));
        return new Webhook(headers::get, null, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(JsonNode rule, String secret, String time, String body) {
        String algorithm = rule.get("algorithm").asText();
        if (algorithm.equals("equality")) {
            return secret;
        }
        try {
            String name = algorithm.replace("hmac-sha", "HmacSHA");
            Mac mac = Mac.getInstance(name);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), name));
            byte[] signed = mac.doFinal(rule.path("signed").asText("{body}").replace("{timestamp}", time)
                    .replace("{body}", body).getBytes(StandardCharsets.UTF_8));
            return rule.path("encoding").asText("hex").equals("base64") ? Base64.getEncoder().encodeToString(signed)
                    : HexFormat.of().formatHex(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The kit cannot sign by " + algorithm, e);
        }
    }
}
