package dev.handoff.lane;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A session on a connection.
 *
 * @param refs       the ids over there; those of a closed conversation stay until the next one begins
 * @param posted     the marks of what is over there and the lane's cursor does not tell yet: the first parts of a text
 * @param handoffSeq the handoff that the conversation serves; 0: it is closed, or not made yet; {@link #TAKEN_UP}: agents
 *                   have taken it up by themselves
 * @param sinceSeq   the cursor when that conversation began: what follows is its history
 * @param failedSeq  handoffs up to here came to nothing, or to an answer before their time: they are not tried again
 * @param abandonedSeq the handoff whose conversation is nobody's any more, and is to be closed before anything else; it
 *                   may not have been made, and is looked for then; 0: none
 */
record Leg(UUID session, String connection, Map<String, String> refs, Set<String> posted, long handoffSeq,
        long sinceSeq, long failedSeq, long abandonedSeq) {

    private static final long TAKEN_UP = -1;
    /** The ref after which {@code find} begins to look: the last message known over there. */
    private static final String AFTER = "after";
    private static final String USER = "user";

    static Leg none(UUID session, String connection) {
        return new Leg(session, connection, Map.of(), Set.of(), 0, 0, 0, 0);
    }

    Leg withRefs(Map<String, String> refs) {
        return new Leg(session, connection, refs, posted, handoffSeq, sinceSeq, failedSeq, abandonedSeq);
    }

    /** @param id of it over there */
    Leg withPosted(String mark, String id) {
        Map<String, String> changed = new LinkedHashMap<>(refs);
        changed.put(AFTER, id);
        Set<String> more = new LinkedHashSet<>(posted);
        more.add(mark);
        return new Leg(session, connection, changed, more, handoffSeq, sinceSeq, failedSeq, abandonedSeq);
    }

    /** The lane's cursor tells of all that was posted. */
    Leg withoutPosted() {
        return new Leg(session, connection, refs, Set.of(), handoffSeq, sinceSeq, failedSeq, abandonedSeq);
    }

    /** What a new conversation begins with: the person, nothing of the last conversation. */
    Leg withoutConversation() {
        Map<String, String> kept = new LinkedHashMap<>(refs);
        kept.keySet().retainAll(Set.of(USER));
        return withRefs(kept).withoutPosted();
    }

    Leg serving(long handoff, long since) {
        return new Leg(session, connection, refs, posted, handoff, since, failedSeq, 0);
    }

    /** Agents have it, whatever has been carried. */
    Leg takenUp() {
        return serving(TAKEN_UP, sinceSeq);
    }

    Leg closed() {
        return new Leg(session, connection, refs, posted, 0, sinceSeq, failedSeq, abandonedSeq);
    }

    Leg failed(long handoff) {
        return new Leg(session, connection, refs, posted, handoffSeq, sinceSeq, Math.max(failedSeq, handoff),
                abandonedSeq);
    }

    /** What was made, or may have been made, for this handoff is to be closed. */
    Leg abandoning(long handoff) {
        return new Leg(session, connection, refs, posted, handoffSeq, sinceSeq, failedSeq, handoff);
    }

    /** Nothing is over there any more that somebody may wait at. */
    Leg abandoned() {
        return new Leg(session, connection, refs, posted, 0, sinceSeq, failedSeq, 0).withoutConversation();
    }

    /** Whether agents have the conversation, seen from a lane that has carried up to {@code cursor}. */
    boolean live(long cursor) {
        return handoffSeq != 0 && handoffSeq <= cursor;
    }
}
