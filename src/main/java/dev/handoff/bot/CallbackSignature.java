package dev.handoff.bot;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs as the Standard Webhooks specification says (https://www.standardwebhooks.com): an HMAC-SHA256 of id, time and
 * body with each secret, so that a receiver that knows the new or the old one can verify it.
 */
public final class CallbackSignature {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final List<SecretKeySpec> keys;

    private CallbackSignature(List<SecretKeySpec> keys) {
        this.keys = keys;
    }

    /** @param secrets whose form has been checked */
    static CallbackSignature of(List<String> secrets) {
        return new CallbackSignature(secrets.stream().map(secret -> new SecretKeySpec(key(secret), ALGORITHM)).toList());
    }

    /** What is wrong with a secret, in words that never hold it; empty if nothing is. */
    static Optional<String> fault(String secret) {
        try {
            int length = secret == null || !secret.startsWith(PREFIX) ? -1 : key(secret).length;
            return length >= SHORTEST && length <= LONGEST ? Optional.empty() : Optional.of(advice());
        } catch (IllegalArgumentException notBase64) {
            return Optional.of(advice());
        }
    }

    private static String advice() {
        return "must be " + PREFIX + " followed by " + SHORTEST + " to " + LONGEST + " bytes in base64, for instance "
                + PREFIX + " and the output of openssl rand -base64 32";
    }

    private static byte[] key(String secret) {
        return Base64.getDecoder().decode(secret.substring(PREFIX.length()));
    }

    /** The value of the header {@code webhook-signature}. */
    String of(String id, long epochSecond, byte[] body) {
        byte[] head = (id + "." + epochSecond + ".").getBytes(StandardCharsets.UTF_8);
        return keys.stream().map(key -> "v1," + sign(key, head, body)).collect(Collectors.joining(" "));
    }

    private static String sign(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
