package dev.handoff.support;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.handoff.support.SupportSystem.Webhook;

/**
 * Whether a webhook is from the system that a connection leads to, by the rule of its {@code system.yaml}. The
 * signature is over the bytes as they came. A webhook without one may carry the secret in its URL instead, since not
 * every version of a system signs.
 */
class Verification {

    private static final Map<String, String> MACS = Map.of("hmac-sha1", "HmacSHA1", "hmac-sha256", "HmacSHA256");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final WebhookSignature rule;
    private final List<String> secrets;
    private final Clock clock;

    /** @param rule null: the system sends no webhooks */
    Verification(WebhookSignature rule, Map<String, Object> settings, Clock clock) {
        this.rule = rule;
        this.clock = clock;
        this.secrets = rule == null ? List.of() : Stream.of(rule.secret(), rule.previousSecret())
                .filter(Objects::nonNull).map(settings::get).filter(Objects::nonNull).map(Object::toString).toList();
    }

    /** Why the webhook is refused, in words that hold nothing of it; null if it is not. */
    String refusal(Webhook webhook) {
        if (rule == null) {
            return "this system sends no webhooks that could be verified";
        }
        if (secrets.isEmpty()) {
            return "settings." + rule.secret() + " is not set, so that no webhook can be verified";
        }
        String signature = webhook.headers().apply(rule.header());
        if (signature == null) {
            return webhook.urlSecret() == null ? "it has neither the header " + rule.header() + " nor ?secret="
                    : anySecret(secret -> same(secret, webhook.urlSecret())) ? null
                    : "the secret in its URL is not settings." + rule.secret();
        }
        String timestamp = rule.timestamp() == null ? "" : webhook.headers().apply(rule.timestamp());
        if (timestamp == null) {
            return "it lacks the header " + rule.timestamp();
        }
        if (!anySecret(secret -> same(rule.prefix() + signature(secret, timestamp, webhook.body()), signature))) {
            return "the signature in " + rule.header() + " does not fit settings." + rule.secret();
        }
        return stale(timestamp);
    }

    /** The system's id of a delivery; null if it sends none. */
    String deliveryId(Webhook webhook) {
        if (rule == null || rule.delivery() == null) {
            return null;
        }
        return rule.delivery().startsWith("/") ? inBody(rule.delivery(), webhook.body())
                : webhook.headers().apply(rule.delivery());
    }

    /** A value as it is; a list or map, such as several events in one delivery, by its digest. */
    private static String inBody(String pointer, byte[] body) {
        try {
            JsonNode there = JSON.readTree(body).at(pointer);
            if (there.isValueNode()) {
                return there.isNull() ? null : there.asText();
            }
            return there.isMissingNode() ? null : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                    .digest(JSON.writeValueAsBytes(there)));
        } catch (IOException notJson) {
            return null;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private interface Fits {
        boolean test(String secret);
    }

    private boolean anySecret(Fits fits) {
        boolean any = false;
        for (String secret : secrets) {
            any |= fits.test(secret);
        }
        return any;
    }

    private String signature(String secret, String timestamp, byte[] body) {
        if (rule.algorithm().equals("equality")) {
            return secret;
        }
        try {
            String algorithm = MACS.get(rule.algorithm());
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            String[] around = rule.signed().replace("{timestamp}", timestamp).split("\\{body}", -1);
            mac.update(around[0].getBytes(StandardCharsets.UTF_8));
            mac.update(body);
            byte[] signed = mac.doFinal(around.length > 1 ? around[1].getBytes(StandardCharsets.UTF_8) : new byte[0]);
            return rule.encoding().equals("hex") ? HexFormat.of().formatHex(signed)
                    : Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String stale(String timestamp) {
        if (rule.timestamp() == null || rule.tolerance() == null) {
            return null;
        }
        try {
            Duration off = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp.trim())), clock.instant());
            return off.abs().compareTo(rule.tolerance()) <= 0 ? null : "its time in " + rule.timestamp() + " is "
                    + off.abs().toSeconds() + " s off, more than " + rule.tolerance().toSeconds()
                    + " s; it may be a repeated one, or a clock is wrong";
        } catch (RuntimeException notATime) {
            return rule.timestamp() + " is not a time in Unix seconds";
        }
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
