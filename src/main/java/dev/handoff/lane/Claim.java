package dev.handoff.lane;

import java.time.Instant;
import java.util.UUID;

/**
 * A lane that this node may work on, as it was when it was claimed.
 *
 * @param token       every write on the lane and its leg is void once another claim has raised it
 * @param doubt       the last moment at which a send of unknown outcome may have left; null: none has
 * @param windowStart when the minute began in which {@code windowCount} messages were posted; may be null
 * @param leaseNanos  {@link System#nanoTime()} at which the lease runs down
 */
record Claim(long id, UUID session, String destination, long token, long head, long cursor, boolean live,
        int attempts, Instant doubt, Instant windowStart, int windowCount, DatabaseClock clock, long leaseNanos) {
}
