package dev.handoff.lane;

import java.time.Instant;

import dev.handoff.session.Entry;
import dev.handoff.session.EntryRepository;
import dev.handoff.support.SupportSystems;

import org.springframework.stereotype.Component;

/**
 * Takes a handoff from a connection. What is over there of it, or may be, is left to its lane to close, as soon as it
 * can; what agents there still have to get of an earlier conversation is carried.
 */
@Component
class Retiring {

    private final EntryRepository entries;
    private final LaneRepository lanes;
    private final LegRepository legs;
    private final SupportSystems systems;

    Retiring(EntryRepository entries, LaneRepository lanes, LegRepository legs, SupportSystems systems) {
        this.entries = entries;
        this.lanes = lanes;
        this.legs = legs;
        this.systems = systems;
    }

    /**
     * By the run that is at that handoff.
     *
     * @param doubt whether something of it may have been made just now
     */
    void retire(SupportRun run, Entry handoff, boolean doubt) {
        Leg leg = run.leg().failed(handoff.seq());
        Instant last = doubt ? run.claim().clock().now() : run.claim().doubt();
        if (leg.handoffSeq() == handoff.seq()) {
            leg = leg.abandoning(run.cursor(), last);
            run.cursor(leg.sinceSeq());
        } else if (last != null) {
            leg = leg.with(begun(leg, handoff.seq(), run.cursor(), last));
        }
        run.leg(leg);
        lanes.advance(run, false);
        legs.save(leg);
    }

    /** While nobody works on the lane, or somebody who must not any more. */
    void retire(LaneRepository.Locked lane, long handoff) {
        Claim claim = lane.lane();
        Instant now = claim.clock().read();
        // Who owns it may send until the lease is over.
        Instant quiet = lane.owner() != null && lane.due().isAfter(now) ? lane.due() : now;
        Instant doubt = lane.owner() != null ? quiet : claim.doubt();
        Leg leg = legs.find(claim.session(), claim.destination().name());
        if (leg.live(claim.cursor())) {
            long head = Math.max(claim.cursor(), Math.min(claim.head(), handoff - 1));
            Leg kept = triedAnew(leg, claim.cursor(), handoff).failed(handoff);
            boolean more = head > claim.cursor() || kept.toClose().isPresent();
            lanes.retire(claim, claim.cursor(), head, more ? quiet : null, doubt);
            legs.save(kept);
            return;
        }
        long cursor = leg.handoffSeq() != 0 ? leg.sinceSeq() : claim.cursor();
        Leg left = leftBehind(leg, claim.cursor(), claim.head(), doubt);
        Leg last = triedAnew(left, claim.cursor(), handoff).failed(handoff);
        legs.save(last);
        // What is in doubt has to do with what is left behind, if there is any.
        lanes.retire(claim, cursor, cursor, last.toClose().isPresent() ? quiet : null, left == leg ? doubt : null);
    }

    /**
     * Nobody needs any more what the lane leads to, or may just have made.
     *
     * @param head  the last entry to carry; handoffs after it were not begun
     * @param doubt the last moment at which a send of unknown outcome may have left; null: none has
     */
    Leg leftBehind(Leg leg, long cursor, long head, Instant doubt) {
        if (leg.handoffSeq() != 0) {
            return leg.abandoning(cursor, doubt);
        }
        return doubt == null ? leg : entries.nextHandoff(leg.session(), leg.connection(),
                Math.max(cursor, leg.failedSeq()), head).map(next -> leg.with(begun(leg, next.seq(), cursor, doubt)))
                .orElse(leg);
    }

    /** What an operator tries to close anew and is not carried out yet is to be closed, whatever comes first. */
    Leg triedAnew(Leg leg, long cursor, long upTo) {
        Leg changed = leg;
        for (Entry again : entries.closesTriedAnew(leg.session(), leg.connection(), Math.max(cursor, leg.failedSeq()),
                upTo)) {
            changed = changed.triedAnew(again);
        }
        return changed;
    }

    /** The last conversation may have been opened again, or one may have been made. */
    private Remains begun(Leg leg, long handoff, long carried, Instant doubt) {
        boolean again = leg.refs().containsKey(Refs.CONVERSATION) && systems.all().stream()
                .anyMatch(system -> system.name().equals(leg.connection()) && system.custom().reopens());
        return new Remains(handoff, again ? leg.refs() : null, carried, doubt, false, null, false);
    }

    /** Gives up a conversation that people have: it is closed as soon as it can be reached. */
    void leave(LaneRepository.Locked lane) {
        Claim claim = lane.lane();
        Leg leg = legs.find(claim.session(), claim.destination().name());
        boolean made = leg.handoffSeq() != 0;
        if (made) {
            leg = leg.abandoning(claim.cursor(), claim.doubt());
            legs.save(leg);
        }
        lanes.retire(claim, claim.cursor(), claim.cursor(), leg.toClose().isPresent() ? claim.clock().read() : null,
                made ? null : claim.doubt());
    }
}
