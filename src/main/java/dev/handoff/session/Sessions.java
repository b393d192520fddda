package dev.handoff.session;

import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The sessions of all bots: what can be appended to their logs and read from them. */
public interface Sessions {

    /**
     * Appends a message; a session that does not exist begins with it.
     *
     * @throws KeyConflict if the id is taken by another content
     */
    Appended post(String bot, String session, Message message, User user);

    Optional<SessionState> find(String bot, String session);

    /** Entries in order, at most {@code limit}; empty if the session does not exist. */
    Optional<List<Entry>> log(String bot, String session, long after, int limit);

    /**
     * Tells when a session's log grows, whichever node appends.
     *
     * @param grown gets the log's last seq, sometimes one that it has got before; must not take long
     * @return ends it; empty if the session does not exist
     */
    Optional<Runnable> follow(String bot, String session, LongConsumer grown);

    /** Takes the conversation back from the people; a session that is the bot's stays as it is. */
    Optional<SessionState> close(String bot, String session, String reason);
}
