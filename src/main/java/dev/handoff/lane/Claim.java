package dev.handoff.lane;

import java.time.Instant;
import java.util.UUID;

/**
 * A lane that this node may work on, as it was when it was claimed.
 *
 * @param token       every write on the lane and its leg is void once another claim has raised it
 * @param doubt       the last moment at which a send of unknown outcome may have left; null: none has
 * @param offer       of a bot lane
 * @param windowStart when the minute began in which {@code windowCount} messages were posted; may be null
 * @param leaseNanos  {@link System#nanoTime()} at which the lease runs down
 */
record Claim(long id, UUID session, Destination destination, long token, long head, long cursor, boolean live,
        int attempts, Instant doubt, Offer offer, Instant windowStart, int windowCount, DatabaseClock clock,
        long leaseNanos) {

    /** This lane with new entries to carry, claimed by us. */
    Claim raised(Destination destination, long head, long cursor, boolean live, long leaseNanos) {
        return new Claim(id, session, destination, token + 1, head, cursor, live, attempts, doubt,
                offer.standing(cursor, head), windowStart, windowCount, clock, leaseNanos);
    }

    /** This lane, claimed by us because it was due. */
    Claim due(Instant doubt, long leaseNanos) {
        return new Claim(id, session, destination, token + 1, head, cursor, live, attempts, doubt,
                offer.standing(cursor, head), windowStart, windowCount, clock, leaseNanos);
    }
}
