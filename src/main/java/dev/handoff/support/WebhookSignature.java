package dev.handoff.support;

import java.time.Duration;

/**
 * How a system signs its webhooks, from its {@code system.yaml}.
 *
 * @param secret         the setting that holds the secret
 * @param previousSecret the setting that holds the one before, while it is exchanged; null: none
 * @param algorithm      {@code hmac-sha1}, {@code hmac-sha256} or {@code equality} (the header is the secret)
 * @param header         where the signature stands
 * @param signed         what is signed, with {@code {timestamp}} and {@code {body}}
 * @param encoding       {@code hex} or {@code base64}
 * @param prefix         before the signature; may be empty
 * @param timestamp      the header with the time in Unix seconds; null: none
 * @param tolerance      how far that time may be off; null: any
 * @param delivery       the header with the id of the delivery, or a JSON pointer into its body; the same when it is
 *                       repeated; null: none
 */
public record WebhookSignature(String secret, String previousSecret, String algorithm, String header, String signed,
        String encoding, String prefix, String timestamp, Duration tolerance, String delivery) {
}
