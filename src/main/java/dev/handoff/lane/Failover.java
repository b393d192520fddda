package dev.handoff.lane;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.handoff.bot.Bots;
import dev.handoff.routing.Decision;
import dev.handoff.routing.Decision.Outcome;
import dev.handoff.routing.Routing;
import dev.handoff.routing.RoutingRequest;
import dev.handoff.session.Body;
import dev.handoff.session.Entry;
import dev.handoff.session.EntryRepository;
import dev.handoff.session.HandoffWaits;
import dev.handoff.session.SessionRow;
import dev.handoff.session.SupportLog;
import dev.handoff.support.CallFailed;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What becomes of a handoff that a connection does not do: it goes to the next connection of the bot's chain, decided
 * upon anew, or the bot has the session again.
 */
@Component
class Failover {

    private static final Logger LOG = LoggerFactory.getLogger(Failover.class);

    private final Bots bots;
    private final Routing routing;
    private final EntryRepository entries;
    private final SupportLog log;
    private final LaneRepository lanes;
    private final SessionLanes raising;
    private final Retiring retiring;
    private final TurnRepository turns;
    private final HandoffWaits waits;
    private final TransactionTemplate transaction;

    Failover(Bots bots, Routing routing, EntryRepository entries, SupportLog log, LaneRepository lanes,
            SessionLanes raising, Retiring retiring, TurnRepository turns, HandoffWaits waits,
            TransactionTemplate transaction) {
        this.bots = bots;
        this.routing = routing;
        this.entries = entries;
        this.log = log;
        this.lanes = lanes;
        this.raising = raising;
        this.retiring = retiring;
        this.turns = turns;
        this.waits = waits;
        this.transaction = transaction;
    }

    /** The connections that may still have their turn: of the chain as it is now, those that had none. */
    List<String> others(SessionRow session, Turn turn) {
        return bots.find(session.bot()).map(bot -> bot.support().stream()
                .filter(name -> !name.equals(turn.connection()) && !turn.tried().contains(name)).toList())
                .orElse(List.of());
    }

    /** The connection refuses this very handoff, and will again: that is no reason to wait. */
    void refused(SupportRun run, Entry handoff, CallFailed failure) {
        String connection = run.support().name();
        LOG.warn("The handoff of entry {} failed at {} on {}: {}", handoff.seq(), failure.operation(), connection,
                failure.getMessage());
        SessionRow session = run.session();
        Optional<Turn> turn = turns.find(session.id(), handoff.seq()).filter(one -> !one.over());
        Optional<Decision> next = turn.flatMap(one -> decide(session, handoff, others(session, one), true));
        boolean passedOn = Boolean.TRUE.equals(transaction.execute(status -> {
            boolean passed = next.isPresent() && passOn(session.id(), turn.get(), next.get(), failure.getMessage());
            if (!passed) {
                log.handoffRefused(session.id(), handoff.seq(), failure.getMessage());
                turns.end(session.id(), handoff.seq());
            }
            retiring.retire(run, handoff, failure.leavesDoubt());
            return passed;
        }));
        if (!passedOn) {
            waits.tell(handoff);
        }
    }

    /**
     * The connection's time is over, but not the handoff's.
     *
     * @return false if nobody else takes it now
     */
    boolean passOn(SessionRow session, Entry handoff, Turn turn, String reason) {
        Optional<Decision> next = decide(session, handoff, others(session, turn), false);
        if (next.isEmpty()) {
            return false;
        }
        transaction.executeWithoutResult(status -> {
            if (passOn(session.id(), turn, next.get(), reason)) {
                retire(turn);
            }
        });
        return true;
    }

    /** Nobody has done it in time. */
    void giveUp(SessionRow session, Turn turn, String reason) {
        LOG.warn("The handoff of entry {} is given up after {} s on {}: {}", turn.handoff(), turn.age().toSeconds(),
                turn.connection(), reason);
        transaction.executeWithoutResult(status -> {
            if (log.handoffOverdue(session.id(), turn.handoff(), reason)) {
                retire(turn);
            }
            turns.end(session.id(), turn.handoff());
        });
        entries.bySeq(session.id(), turn.handoff()).ifPresent(waits::tell);
    }

    private void retire(Turn turn) {
        lanes.lock(turn.session(), Destination.connection(turn.connection()))
                .ifPresent(lane -> retiring.retire(lane, turn.handoff()));
    }

    /** False: it has been done or taken back in the meantime. */
    private boolean passOn(UUID id, Turn turn, Decision next, String reason) {
        Optional<SessionRow> passed = log.passedOn(id, turn.handoff(), next.connection(), next.team(),
                turn.connection() + " did not take it: " + reason + " Therefore " + next.connection() + ": "
                        + next.because());
        passed.ifPresent(session -> {
            LOG.warn("The handoff of entry {} goes from {} to {}: {}", turn.handoff(), turn.connection(),
                    next.connection(), reason);
            raising.passOn(session, turn);
        });
        return passed.isPresent();
    }

    private Optional<Decision> decide(SessionRow session, Entry handoff, List<String> others, boolean evenSilent) {
        if (others.isEmpty()) {
            return Optional.empty();
        }
        Body body = handoff.body();
        return Optional.of(routing.decide(session.bot(), others, evenSilent,
                        new RoutingRequest(body.unfinishedIntents(), named(body), Handover.user(handoff, session), true)))
                .filter(decision -> decision.outcome() == Outcome.TRANSFER);
    }

    /** The team that the bot named, by its name: an id says something else on another system. */
    private static String named(Body handoff) {
        boolean byId = handoff.named() != null && handoff.team() != null && handoff.team().name() != null
                && handoff.named().strip().equals(handoff.team().id());
        return byId ? handoff.team().name() : handoff.named();
    }
}
