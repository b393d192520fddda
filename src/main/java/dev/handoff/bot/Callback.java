package dev.handoff.bot;

import java.time.Duration;

import dev.handoff.HandoffProperties;

/**
 * Where a bot is told what people say.
 *
 * @param timeout     how long one call may take
 * @param concurrency how many sessions one node tells it of at once
 */
public record Callback(String bot, String url, CallbackSignature signature, Duration timeout, int concurrency) {

    static Callback of(String bot, HandoffProperties.Callback given) {
        return new Callback(bot, given.url(), CallbackSignature.of(given.secrets()), given.timeout(),
                given.concurrency());
    }

    /** The address may have a secret in it. */
    @Override
    public String toString() {
        return "callback of bot " + bot;
    }
}
