package dev.handoff.bot;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A tenant, as it stands now. Its keys are not here: only who checks them needs them.
 *
 * @param id      as in the path of the API
 * @param support names of connections, the preferred one first; may be empty until an operator sets it
 * @param deadline how long a handoff may take, on all connections together
 * @param failover how long nothing may go well on a connection before the next one has its turn
 */
public record Bot(String id, List<String> support, Duration deadline, Duration failover) {

    /** Where its conversations go first; empty while the chain is. */
    public Optional<String> connection() {
        return support.stream().findFirst();
    }
}
