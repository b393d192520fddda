package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A connection's turn to do a session's handoff.
 *
 * @param handoff  its entry
 * @param since    when the turn began
 * @param deadline when the bot gets the session back, whoever's turn it is
 * @param tried    the connections that had their turn before
 * @param asked    the database's time of this look
 */
record Turn(UUID session, String connection, long handoff, Instant since, Instant deadline, List<String> tried,
        Instant asked) {

    boolean over() {
        return !asked.isBefore(deadline);
    }

    /**
     * When a connection on which nothing goes well any more has lost its turn.
     *
     * @param failing  since when nothing has gone well
     * @param patience how long that may go on
     * @param others   how many connections of the chain have not had their turn
     * @param seen     whether people there may have the conversation already: it then keeps its whole share of the time
     */
    Instant lost(Instant failing, Duration patience, int others, boolean seen) {
        Duration share = Duration.between(since, deadline).dividedBy(others + 1);
        Instant lost = failing.plus(patience.compareTo(share) < 0 ? patience : share);
        Instant shared = since.plus(share);
        return seen && shared.isAfter(lost) ? shared : lost;
    }

    Duration age() {
        return Duration.between(since, asked);
    }
}
