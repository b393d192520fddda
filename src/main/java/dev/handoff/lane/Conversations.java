package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import dev.handoff.session.EntryRepository;
import dev.handoff.support.SupportSystems;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The conversations that support lanes lead to, for who reads what agents do in them. */
@Service
public class Conversations {

    private final LaneRepository lanes;
    private final LegRepository legs;
    private final Retiring retiring;
    private final EntryRepository entries;
    private final SupportSystems systems;

    Conversations(LaneRepository lanes, LegRepository legs, Retiring retiring, EntryRepository entries,
            SupportSystems systems) {
        this.lanes = lanes;
        this.legs = legs;
        this.retiring = retiring;
        this.entries = entries;
        this.systems = systems;
    }

    /**
     * A session's lane to a connection, and its conversation there.
     *
     * @param token   another one means that the lane has been worked on in the meantime
     * @param worked  whether somebody works on the lane now
     * @param cursor  the last entry that was carried
     * @param id      of the conversation over there; null: there is none yet
     * @param handoff the one that it serves; 0: none, it is closed
     * @param doubt   the last moment at which a send of unknown outcome may have left; null: none has
     * @param seen    the database's time of this look
     */
    public record Standing(long lane, long token, boolean worked, long cursor, String id, long handoff,
            UUID session, String connection, Instant doubt, Instant seen) {

        /** Whether the conversation is not closed. */
        public boolean serving() {
            return handoff != 0;
        }

        /** Whether the lane leads to this conversation. */
        public boolean isIn(String conversation) {
            return conversation.equals(id);
        }

        /** How long it takes from this look until all that was sent has become visible; zero: it has. */
        public Duration unsettled(Duration settlesIn) {
            Duration left = doubt == null ? Duration.ZERO : Duration.between(seen, doubt.plus(settlesIn));
            return left.isNegative() ? Duration.ZERO : left;
        }

        /** Whether nothing can have been sent to the conversation since this was seen. */
        public boolean quietSince(Standing earlier) {
            return !earlier.worked && !worked && token == earlier.token;
        }
    }

    /** The conversation as bots are told of it. */
    public static Map<String, String> asTold(Map<String, String> refs) {
        return Refs.conversation(refs);
    }

    /** Empty if nothing was ever handed over there. */
    public Optional<Standing> find(UUID session, String connection) {
        return lanes.find(session, Destination.connection(connection)).map(lane -> standing(lane, connection));
    }

    /** Locks the lane until the end of the transaction. The session must be locked. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Optional<Standing> lock(UUID session, String connection) {
        return lanes.lock(session, Destination.connection(connection)).map(lane -> standing(lane, connection));
    }

    private Standing standing(LaneRepository.Locked locked, String connection) {
        Claim lane = locked.lane();
        Leg leg = legs.find(lane.session(), connection);
        return new Standing(lane.id(), lane.token(), locked.owner() != null, lane.cursor(),
                leg.refs().get(Refs.CONVERSATION), leg.handoffSeq(),
                lane.session(), connection, lane.doubt(), lane.clock().read());
    }

    /**
     * The people have closed the conversation. What was not carried is not carried any more: it is history for the
     * next one.
     *
     * @param quiet locked, and not worked on
     * @param seen  the last entry that was seen over there
     * @param part  the last part of that entry that was seen there, from 1
     * @return the last entry that agents have got, whole
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long close(Standing quiet, long seen, int part) {
        long whole = seen <= quiet.cursor() || isWhole(quiet, seen, part) ? seen : seen - 1;
        Leg closed = legs.find(quiet.session(), quiet.connection()).closed();
        lanes.cutOff(quiet.lane(), whole, closed.toClose().isPresent() ? quiet.seen() : null);
        legs.save(closed);
        return Math.max(quiet.cursor(), whole);
    }

    private boolean isWhole(Standing lane, long seq, int part) {
        int longest = systems.get(lane.connection()).capabilities().longestText();
        return entries.bySeq(lane.session(), seq).filter(entry -> entry.body().text() != null)
                .filter(entry -> Parts.of(entry, longest, null).size() > part).isEmpty();
    }

    /**
     * The people have closed the conversation, but not all that was sent there is visible yet: nothing more is sent
     * until that has been looked at.
     *
     * @param quiet locked, and not worked on
     * @param time  from the look that {@code quiet} is
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void holdBack(Standing quiet, Duration time) {
        lanes.holdBack(quiet.lane(), quiet.seen().plus(time));
    }

    /**
     * An agent writes in a conversation that was closed for us: the lane leads to it again, and whatever else it leads
     * to is to be closed.
     *
     * @param quiet   locked, and not worked on
     * @param refs    of that conversation
     * @param handoff handoffs up to this one have come to that, and are not carried out later
     * @param upTo    the log's end: what the bot closed before ends nothing there
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void resume(Standing quiet, Map<String, String> refs, long handoff, long upTo) {
        Leg known = legs.find(quiet.session(), quiet.connection());
        String conversation = refs.get(Refs.CONVERSATION);
        Leg left = known.serves(conversation) ? known
                : retiring.leftBehind(known, quiet.cursor(), handoff, quiet.doubt());
        left = retiring.triedAnew(left, quiet.cursor(), upTo);
        if (quiet.isIn(conversation)) {
            // What is known of this very conversation is more than what there was when it was made.
            lanes.takeUp(quiet.lane(), quiet.cursor(), quiet.doubt());
        } else {
            Optional<Remains> there = left.left(conversation);
            long cursor = Math.max(seen(known, quiet.cursor()), there.map(Remains::carried).orElse(0L));
            lanes.takeUp(quiet.lane(), cursor, doubt(known, quiet, there));
            left = left.withRefs(refs).withoutPosted();
        }
        legs.save(left.takenUp(upTo).failed(handoff));
    }

    /** Nobody has seen what was carried to a conversation that was not handed over yet. */
    private static long seen(Leg known, long cursor) {
        return known.handoffSeq() != 0 && !known.live(cursor) ? known.sinceSeq() : cursor;
    }

    /** A conversation may have some of what is ahead of the cursor already, or get it soon. */
    private static Instant doubt(Leg known, Standing quiet, Optional<Remains> there) {
        return Stream.of(there.map(Remains::doubt), Optional.ofNullable(known.handoffSeq() == 0 ? quiet.doubt() : null))
                .flatMap(Optional::stream).max(Comparator.naturalOrder()).orElse(Instant.EPOCH);
    }
}
