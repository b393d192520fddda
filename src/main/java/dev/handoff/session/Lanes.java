package dev.handoff.session;

import java.util.UUID;

/** The deliveries, as the log sees them. */
public interface Lanes {

    /** Where the session's support lane would lead now: it stays where it is while it has something to carry. */
    String destination(UUID session, String wanted);

    /**
     * Raises the head of a session's support lane, within the caller's transaction and under the session's lock. The
     * delivery begins when the transaction is committed.
     *
     * @param destination the connection that the lane leads to
     * @param head        the last entry to carry
     * @param handoff     whether a handoff is among what it now has to carry
     */
    void raise(UUID session, String destination, long head, boolean handoff);

    /**
     * Raises the head of a session's bot lane in the same way, if the bot has a callback.
     *
     * @param first the first of the support side's new entries
     * @param last  the last one
     */
    void raiseBot(UUID session, String bot, long first, long last);
}
