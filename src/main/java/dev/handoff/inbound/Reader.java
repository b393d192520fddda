package dev.handoff.inbound;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * The read cursor of a conversation, claimed by this node.
 *
 * @param position where the next reading begins; the route set's own
 * @param quiet    how often nothing was new, since something was or the bell rang
 * @param bell     how often it had rung when the reading began
 * @param asked    the database's time at the claim
 * @param nanos    {@link System#nanoTime()} at the claim
 */
record Reader(long id, UUID session, String connection, String conversation, Map<String, String> refs, String position,
        Seen seen, int quiet, long bell, long token, int attempts, Instant asked, long nanos) {

    /** @param news whether something was new */
    Reader at(String reached, Seen now, boolean news) {
        return new Reader(id, session, connection, conversation, refs, reached, now, news ? 0 : quiet + 1, bell, token,
                attempts, asked, nanos);
    }

    Reader rung(long times) {
        return new Reader(id, session, connection, conversation, refs, position, seen, times == bell ? quiet : 0, times,
                token, attempts, asked, nanos);
    }

    /** The database's time so long from now. */
    Instant in(Duration time) {
        return asked.plusNanos(System.nanoTime() - nanos).plus(time);
    }

    /** The log's key of something over there. */
    String key(String message) {
        return connection + ":" + conversation + ":" + message;
    }
}
