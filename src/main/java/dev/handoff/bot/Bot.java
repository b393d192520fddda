package dev.handoff.bot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/**
 * A tenant, as it stands now.
 *
 * @param id      as in the path of the API
 * @param keys    bearer keys that open this bot and nothing else
 * @param support names of connections, the preferred one first; may be empty until an operator sets it
 */
public record Bot(String id, List<String> keys, List<String> support) {

    /** Whether the bearer key is one of this bot's; takes the same time whichever of them it is not. */
    public boolean accepts(String key) {
        byte[] given = key.getBytes(StandardCharsets.UTF_8);
        boolean accepted = false;
        for (String own : keys) {
            accepted |= MessageDigest.isEqual(own.getBytes(StandardCharsets.UTF_8), given);
        }
        return accepted;
    }

    /** Where its conversations go first. */
    public Optional<String> connection() {
        return support.stream().findFirst();
    }

    /** Without the keys: this may be logged. */
    @Override
    public String toString() {
        return "Bot[id=" + id + ", support=" + support + "]";
    }
}
