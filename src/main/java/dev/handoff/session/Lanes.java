package dev.handoff.session;

import java.util.UUID;

/** The deliveries, as the log sees them. */
public interface Lanes {

    /**
     * Raises the head of a session's lane to a connection, within the caller's transaction and under the session's lock.
     * The delivery begins when the transaction is committed.
     *
     * @param head the last entry to carry
     */
    void raise(UUID session, String connection, long head);

    /**
     * Raises the head as {@link #raise}, up to the session's handoff and what follows it; from now on it is this
     * connection's turn to do it.
     *
     * @param session as it is stored now
     */
    void handOver(SessionRow session);

    /**
     * Raises the head of a session's bot lane in the same way, if the bot has a callback.
     *
     * @param first the first of the support side's new entries
     * @param last  the last one
     */
    void raiseBot(UUID session, String bot, long first, long last);
}
