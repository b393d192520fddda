package dev.handoff.support;

import java.time.Duration;
import java.util.List;

/**
 * What a status means where it differs from the default table; an entry of {@code outcomes} in {@code system.yaml}.
 *
 * @param operations empty: all
 * @param text       what the answer must contain, without regard to case; null: anything
 * @param retryAfter for {@link CallFailed.Outcome#LIMITED} without a Retry-After in the answer; may be null
 * @param setting    the setting that is wrong; may be null
 * @param message    in words; may be null
 */
record OutcomeRule(List<String> operations, int status, String text, CallFailed.Outcome means, Duration retryAfter,
        String setting, String message) {

    boolean fits(String operation, int answered, String answer) {
        return status == answered
                && (operations.isEmpty() || operations.contains(operation))
                && (text == null || answer != null && answer.toLowerCase().contains(text.toLowerCase()));
    }

    /** The setting and what is wrong with it. */
    String words() {
        return setting == null || message == null ? message : "settings." + setting + ": " + message;
    }
}
