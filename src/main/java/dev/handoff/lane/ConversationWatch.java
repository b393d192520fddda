package dev.handoff.lane;

import java.util.Map;
import java.util.UUID;

/** Is told of conversations, as part of the lane's transaction, so that they can be read from then on. */
public interface ConversationWatch {

    /** The session's conversation is there: the one in {@code refs}. */
    void opened(UUID session, String connection, Map<String, String> refs);

    /** The handoff that the session's conversation serves is confirmed. */
    void confirmed(UUID session, String connection);
}
