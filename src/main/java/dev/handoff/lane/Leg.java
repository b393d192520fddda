package dev.handoff.lane;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.handoff.session.Entry;

/**
 * A session on a connection.
 *
 * @param refs       the ids over there; those of a closed conversation stay until the next one begins
 * @param posted     the marks of what is over there and the lane's cursor does not tell yet: the first parts of a text
 * @param handoffSeq the handoff that the conversation serves; 0: it is closed, or not made yet; {@link #TAKEN_UP}: agents
 *                   have taken it up by themselves
 * @param sinceSeq   the cursor when that conversation began: what follows is its history
 * @param failedSeq  handoffs up to here came to nothing, or to an answer before their time, and closes up to here that
 *                   were tried anew are done: they are not tried again
 * @param answeredSeq the log's end when agents took the conversation up: what the bot closed before ends nothing
 * @param remains    what is to be closed over there when there is nothing else to do; what was refused, once an operator
 *                   has tried it anew
 */
record Leg(UUID session, String connection, Map<String, String> refs, Set<String> posted, long handoffSeq,
        long sinceSeq, long failedSeq, long answeredSeq, List<Remains> remains) {

    private static final long TAKEN_UP = -1;
    /** The ref after which {@code find} begins to look: the last message known over there. */
    private static final String AFTER = "after";
    private static final String USER = "user";

    static Leg none(UUID session, String connection) {
        return new Leg(session, connection, Map.of(), Set.of(), 0, 0, 0, 0, List.of());
    }

    Leg withRefs(Map<String, String> refs) {
        return new Leg(session, connection, refs, posted, handoffSeq, sinceSeq, failedSeq, answeredSeq, remains);
    }

    /** @param id of it over there */
    Leg withPosted(String mark, String id) {
        Map<String, String> changed = new LinkedHashMap<>(refs);
        changed.put(AFTER, id);
        Set<String> more = new LinkedHashSet<>(posted);
        more.add(mark);
        return new Leg(session, connection, changed, more, handoffSeq, sinceSeq, failedSeq, answeredSeq, remains);
    }

    /** The lane's cursor tells of all that was posted. */
    Leg withoutPosted() {
        return new Leg(session, connection, refs, Set.of(), handoffSeq, sinceSeq, failedSeq, answeredSeq, remains);
    }

    /** What a new conversation begins with: the person, nothing of the last conversation. */
    Leg withoutConversation() {
        Map<String, String> kept = new LinkedHashMap<>(refs);
        kept.keySet().retainAll(Set.of(USER));
        return withRefs(kept).withoutPosted();
    }

    Leg serving(long handoff, long since) {
        return new Leg(session, connection, refs, posted, handoff, since, failedSeq, answeredSeq, remains)
                .withoutRemainsHere();
    }

    /**
     * Agents have it, whatever has been carried.
     *
     * @param upTo the log's end
     */
    Leg takenUp(long upTo) {
        return new Leg(session, connection, refs, posted, TAKEN_UP, sinceSeq, failedSeq, upTo, remains)
                .withoutRemainsHere();
    }

    /** The conversation has somebody again. */
    private Leg withoutRemainsHere() {
        String here = refs.get(Refs.CONVERSATION);
        return withRemains(remains.stream().filter(one -> !one.isIn(here)));
    }

    Leg closed() {
        return new Leg(session, connection, refs, posted, 0, sinceSeq, failedSeq, answeredSeq, remains);
    }

    Leg failed(long handoff) {
        return new Leg(session, connection, refs, posted, handoffSeq, sinceSeq, Math.max(failedSeq, handoff),
                answeredSeq, remains);
    }

    /** The system refuses this close by the bot, which is carried. */
    Leg closedInVain(long close) {
        return closed().with(new Remains(lastHandoff(), refs, close, null, true, close, true));
    }

    /**
     * The conversation is to be closed; the next one is another.
     *
     * @param carried the last entry that was carried there
     * @param doubt   the last moment at which a send of unknown outcome may have left; null: none has
     */
    Leg abandoning(long carried, Instant doubt) {
        return closed().withoutConversation().with(new Remains(lastHandoff(), refs, carried, doubt, false, null, false));
    }

    private long lastHandoff() {
        return handoffSeq == TAKEN_UP ? failedSeq : handoffSeq;
    }

    /** What can be closed now. */
    Optional<Remains> toClose() {
        return remains.stream().filter(one -> !one.refused()).findFirst();
    }

    /** What the system refused to close is to be closed all the same, when there is nothing else to do. */
    Leg triedAnew(Entry again) {
        return withRemains(remains.stream()
                .map(one -> one.isRefused(again.body().retryOf()) ? one.triedAnew(again.seq()) : one));
    }

    /** What is left open in this conversation. */
    Optional<Remains> left(String conversation) {
        return remains.stream().filter(one -> one.isIn(conversation)).findFirst();
    }

    Leg with(Remains more) {
        return withRemains(Stream.concat(remains.stream(), Stream.of(more)));
    }

    Leg without(Remains closed) {
        return withRemains(remains.stream().filter(one -> one != closed));
    }

    /** In the same place. */
    Leg replacing(Remains known, Remains better) {
        return withRemains(remains.stream().map(one -> one == known ? better : one));
    }

    private Leg withRemains(Stream<Remains> all) {
        return new Leg(session, connection, refs, posted, handoffSeq, sinceSeq, failedSeq, answeredSeq, all.toList());
    }

    /** Whether it has this conversation, and that is not closed. */
    boolean serves(String conversation) {
        return handoffSeq != 0 && conversation.equals(refs.get(Refs.CONVERSATION));
    }

    /** Whether agents have the conversation, seen from a lane that has carried up to {@code cursor}. */
    boolean live(long cursor) {
        return handoffSeq != 0 && handoffSeq <= cursor;
    }
}
