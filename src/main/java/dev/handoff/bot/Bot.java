package dev.handoff.bot;

import java.util.List;
import java.util.Optional;

/**
 * A tenant, as it stands now. Its keys are not here: only who checks them needs them.
 *
 * @param id      as in the path of the API
 * @param support names of connections, the preferred one first; may be empty until an operator sets it
 */
public record Bot(String id, List<String> support) {

    /** Where its conversations go first; empty while the chain is. */
    public Optional<String> connection() {
        return support.stream().findFirst();
    }
}
