package dev.handoff.lane;

import java.time.Instant;
import java.util.UUID;

import dev.handoff.session.SessionState.LastError;

/**
 * A lane that this node may work on, as it was when it was claimed.
 *
 * @param token       every write on the lane and its leg is void once another claim has raised it
 * @param doubt       the last moment at which a send of unknown outcome may have left; null: none has
 * @param offer       of a bot lane
 * @param windowStart when the minute began in which {@code windowCount} messages were posted; may be null
 * @param error       why the last run stopped; null if it came to its end
 * @param leaseNanos  {@link System#nanoTime()} at which the lease runs down
 */
record Claim(long id, UUID session, Destination destination, long token, long head, long cursor, boolean live,
        int attempts, Instant doubt, Offer offer, Instant windowStart, int windowCount, LastError error,
        DatabaseClock clock, long leaseNanos) {

    /** This lane, claimed by us: because it was due, or with new entries to carry. */
    Claim claimed(long head, long cursor, boolean live, Instant doubt, long leaseNanos) {
        return new Claim(id, session, destination, token + 1, head, cursor, live, attempts, doubt,
                offer.standing(cursor, head), windowStart, windowCount, error, clock, leaseNanos);
    }

    /** This lane with more to carry, before its run begins. */
    Claim raised(long head) {
        return new Claim(id, session, destination, token, head, cursor, live, attempts, doubt, new Offer(head, 0),
                windowStart, windowCount, error, clock, leaseNanos);
    }
}
