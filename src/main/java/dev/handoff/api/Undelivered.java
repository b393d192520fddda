package dev.handoff.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.handoff.session.Appended;
import dev.handoff.session.Author;
import dev.handoff.session.Kind;

/** Entries that could not be delivered and were not tried anew. */
public interface Undelivered {

    /**
     * @param after the id of the last item seen; null from the beginning
     * @param limit 1 to 1000
     */
    List<Item> list(String after, int limit);

    /** Appends the entry anew; empty if there is no such item, or it was tried anew before. */
    Optional<Appended> retry(String id);

    /**
     * One of them.
     *
     * @param id     to name it by in a retry
     * @param seq    of the entry that says {@code undelivered}
     * @param of     seq of the entry that was not delivered
     * @param kind   of the entry that was not delivered
     * @param author of the entry that was not delivered
     */
    record Item(String id, String bot, String session, long seq, long of, Kind kind, Author author, String reason,
            Instant at) {
    }
}
