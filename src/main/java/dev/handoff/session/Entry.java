package dev.handoff.session;

import java.time.Instant;
import java.util.UUID;

/**
 * One line of a session's log.
 *
 * @param seq    1, 2, 3 … without gaps
 * @param key    the sender's id of it, unique per session, side and kind; may be null
 * @param at     when it was said
 * @param epoch  the session's epoch when it was appended
 * @param late   whether a bot said it while people were in charge, or from an older epoch
 */
public record Entry(UUID session, long seq, Side side, Kind kind, Author author, Body body, String key, Instant at,
        long epoch, boolean late) {

    /** Whether the bot lane carries it: what the support side says, but for agents' private notes. */
    public boolean isForTheBot() {
        return side == Side.SUPPORT && kind != Kind.NOTE;
    }

    /** Of a handoff: the bot's own, also where it went from one connection to another. */
    public long origin() {
        return kind == Kind.HANDOFF && body.of() != null ? body.of() : seq;
    }
}
