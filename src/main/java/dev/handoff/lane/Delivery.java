package dev.handoff.lane;

import java.util.List;
import java.util.Optional;

import dev.handoff.session.Entry;
import dev.handoff.session.EntryRepository;
import dev.handoff.session.HandoffWaits;
import dev.handoff.session.Kind;
import dev.handoff.session.SessionRow;
import dev.handoff.session.Side;
import dev.handoff.session.SupportLog;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem.Post;
import dev.handoff.support.SupportSystems;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Carries a lane's entries to the support system, one after the other, up to its head. */
@Component
class Delivery implements Carrier<SupportRun> {

    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final int PAGE = 500;

    private final EntryRepository entries;
    private final SupportLog log;
    private final LaneRepository lanes;
    private final LegRepository legs;
    private final TurnRepository turns;
    private final Sender sender;
    private final MainLine mainLine;
    private final Failover failover;
    private final Abandonment abandonment;
    private final HandoffWaits waits;
    private final SupportSystems supports;
    private final ConversationWatch watch;
    private final TransactionTemplate transaction;

    Delivery(EntryRepository entries, SupportLog log, LaneRepository lanes,
            LegRepository legs, TurnRepository turns, Sender sender, MainLine mainLine, Failover failover,
            Abandonment abandonment, HandoffWaits waits, SupportSystems supports, ConversationWatch watch,
            TransactionTemplate transaction) {
        this.entries = entries;
        this.log = log;
        this.lanes = lanes;
        this.legs = legs;
        this.turns = turns;
        this.sender = sender;
        this.mainLine = mainLine;
        this.failover = failover;
        this.abandonment = abandonment;
        this.waits = waits;
        this.supports = supports;
        this.watch = watch;
        this.transaction = transaction;
    }

    @Override
    public Side side() {
        return Side.SUPPORT;
    }

    @Override
    public SupportRun begin(Claim claim, SessionRow session, Gate gate) {
        String connection = claim.destination().name();
        return new SupportRun(claim, session, legs.find(session.id(), connection), supports.get(connection), gate);
    }

    @Override
    public void carry(SupportRun run) throws CallFailed {
        try {
            carryAll(run);
        } catch (CallFailed | Postponed e) {
            keepPosted(run);
            throw e;
        }
    }

    /** Of what the cursor does not tell yet some parts are over there: the next run goes on after them. */
    private void keepPosted(SupportRun run) {
        if (!run.leg().posted().isEmpty()) {
            transaction.executeWithoutResult(status -> {
                lanes.keep(run);
                legs.save(run.leg());
            });
        }
    }

    private void carryAll(SupportRun run) throws CallFailed {
        boolean freed = false;
        while (!freed) {
            boolean live = run.leg().live(run.cursor());
            if (run.cursor() < run.head() && live) {
                relay(run);
            } else if (run.cursor() < run.head()) {
                freed = handOver(run);
            } else if (run.leg().toClose().isPresent()) {
                abandonment.carryOut(run);
            } else {
                freed = lanes.release(run, live);
                run.head(freed ? run.head() : lanes.head(run));
            }
        }
    }

    /** Carries what is said while agents have the conversation. */
    private void relay(SupportRun run) throws CallFailed {
        List<Entry> page = entries.read(run.session().id(), run.cursor(), run.head(), PAGE);
        try {
            sender.lookUp(run, page);
        } catch (CallFailed e) {
            if (e.outcome() != Outcome.GONE) {
                throw e;
            }
            gone(run, page.stream().filter(entry -> Sender.isText(run, entry)).findFirst().orElseThrow(), e);
            return;
        }
        for (Entry entry : page) {
            try {
                if (ends(run, entry)) {
                    close(run, entry);
                    return;
                }
                sender.deliver(run, entry);
            } catch (CallFailed e) {
                if (e.outcome() != Outcome.GONE) {
                    throw e;
                }
                gone(run, entry, e);
                return;
            }
        }
    }

    /** Whether it ends the conversation: not if agents have answered since, nor if it was for another one. */
    private static boolean ends(SupportRun run, Entry entry) {
        return entry.kind() == Kind.CLOSED && entry.side() == Side.BOT && entry.seq() > run.leg().answeredSeq()
                && entry.body().goesTo(run.support().name());
    }

    private void close(SupportRun run, Entry closed) throws CallFailed {
        note(run, closed);
        String refusal = closeOverThere(run, closed.body().reason());
        run.cursor(closed.seq());
        run.leg(refusal == null ? run.leg().closed() : run.leg().closedInVain(closed.seq()));
        keepClosed(run, closed, refusal);
    }

    /** It is done when there is nothing else to do. What was said since stays the history of the next handoff. */
    private void closeAgain(SupportRun run, Entry again) {
        run.leg(run.leg().triedAnew(again).failed(again.seq()));
        keepClosed(run, again, null);
    }

    private void keepClosed(SupportRun run, Entry closed, String refusal) {
        transaction.executeWithoutResult(status -> {
            if (refusal != null) {
                log.undelivered(closed.session(), closed.seq(), refusal);
            }
            lanes.advance(run, false);
            legs.save(run.leg());
        });
    }

    /** That agents cannot be told why must not keep it open. */
    private void note(SupportRun run, Entry closed) throws CallFailed {
        if (!run.support().capabilities().notes()) {
            return;
        }
        String reason = closed.body().reason();
        Post note = new Post(closed.session() + ":" + closed.seq(), true, closed.author(), null,
                "The bot has taken the conversation back" + (reason == null ? "." : ": " + reason),
                closed.at().toString());
        try {
            sender.lookUp(run, note);
            sender.deliver(run, note);
        } catch (CallFailed e) {
            if (!e.forGood()) {
                throw e;
            }
            LOG.warn("Agents on {} could not be told that the bot has taken a conversation back: {}",
                    run.support().name(), e.getMessage());
        }
    }

    /** Gives why it is refused; null if it is closed. */
    private static String closeOverThere(SupportRun run, String reason) throws CallFailed {
        try {
            run.beforeSend();
            if (!run.inDoubt() || !"closed".equals(run.support().state(run.leg().refs()).status())) {
                run.support().close(run.leg().refs(), reason);
            }
        } catch (CallFailed e) {
            if (!e.forGood()) {
                throw e;
            }
            return e.outcome() == Outcome.REJECTED ? e.getMessage() : null;
        }
        return null;
    }

    /** The conversation is not there any more: what was not carried is history for the next one. */
    private void gone(SupportRun run, Entry entry, CallFailed failure) {
        LOG.warn("The conversation is gone from {}: {}", run.support().name(), failure.getMessage());
        run.leg(run.leg().closed());
        transaction.executeWithoutResult(status -> {
            log.lost(run.session().id(), run.support().name(), entry.seq(), failure.getMessage(), run.cursor());
            lanes.advance(run, false);
            legs.save(run.leg());
        });
    }

    /**
     * Takes the next handoff through the main line, unless a close that was refused is tried anew before it; tells
     * whether the lane is free since there is nothing to do.
     */
    private boolean handOver(SupportRun run) throws CallFailed {
        Optional<Entry> next = entries.nextHandoffOrClose(run.session().id(), run.support().name(),
                Math.max(run.cursor(), run.leg().failedSeq()), run.head());
        if (next.isEmpty() && run.leg().toClose().isPresent()) {
            abandonment.carryOut(run);
            return false;
        }
        if (next.isEmpty()) {
            boolean freed = lanes.trim(run);
            run.head(freed ? run.head() : lanes.head(run));
            return freed;
        }
        if (next.get().kind() == Kind.CLOSED) {
            closeAgain(run, next.get());
            return false;
        }
        Handover handover = new Handover(run, next.get(), sender, entries, lanes, legs, watch, transaction);
        try {
            mainLine.run(handover);
        } catch (CallFailed e) {
            if (!e.forGood()) {
                throw e;
            }
            failover.refused(run, next.get(), e);
            return false;
        }
        return confirm(run, handover);
    }

    private boolean confirm(SupportRun run, Handover handover) {
        run.cursor(handover.entry().seq());
        boolean freed = Boolean.TRUE.equals(transaction.execute(status -> {
            log.confirmed(run.session().id(), handover.entry().seq(), handover.entry().origin(), handover.team(),
                    run.support().name(), Refs.conversation(run.leg().refs()));
            boolean free = run.leg().toClose().isEmpty() && lanes.release(run, true);
            if (!free) {
                lanes.advance(run, true);
            }
            legs.save(run.leg());
            turns.end(run.session().id(), handover.entry().seq());
            watch.confirmed(run.session().id(), run.support().name());
            return free;
        }));
        run.head(freed ? run.head() : lanes.head(run));
        LOG.info("Handed over to {} on {}", handover.team() == null ? "no team" : "team " + handover.team().name(),
                run.support().name());
        waits.tell(handover.entry());
        return freed;
    }
}
