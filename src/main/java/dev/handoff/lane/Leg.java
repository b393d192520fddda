package dev.handoff.lane;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A session on a connection.
 *
 * @param refs       the ids over there; those of a closed conversation stay until the next one begins
 * @param handoffSeq the handoff that the conversation serves; 0: it is closed, or not made yet
 * @param sinceSeq   the cursor when that conversation began: what follows is its history
 * @param failedSeq  handoffs up to here came to nothing and are not tried again
 */
record Leg(UUID session, String connection, Map<String, String> refs, long handoffSeq, long sinceSeq, long failedSeq) {

    /** The ref after which {@code find} begins to look: the last message known over there. */
    private static final String AFTER = "after";

    static Leg none(UUID session, String connection) {
        return new Leg(session, connection, Map.of(), 0, 0, 0);
    }

    Leg withRefs(Map<String, String> refs) {
        return new Leg(session, connection, refs, handoffSeq, sinceSeq, failedSeq);
    }

    Leg withPosted(String id) {
        if (id == null) {
            return this;
        }
        Map<String, String> changed = new LinkedHashMap<>(refs);
        changed.put(AFTER, id);
        return withRefs(changed);
    }

    /** What a new conversation begins with: the person, nothing of the last conversation. */
    Leg withoutConversation() {
        Map<String, String> kept = new LinkedHashMap<>(refs);
        kept.keySet().retainAll(java.util.Set.of("user"));
        return withRefs(kept);
    }

    Leg serving(long handoff, long since) {
        return new Leg(session, connection, refs, handoff, since, failedSeq);
    }

    Leg closed() {
        return new Leg(session, connection, refs, 0, sinceSeq, failedSeq);
    }

    Leg failed(long handoff) {
        return new Leg(session, connection, refs, 0, sinceSeq, handoff);
    }

    /** Whether agents have the conversation, seen from a lane that has carried up to {@code cursor}. */
    boolean live(long cursor) {
        return handoffSeq != 0 && handoffSeq <= cursor;
    }
}
