package dev.handoff.lane;

import java.util.List;
import java.util.Optional;

import dev.handoff.session.Entry;
import dev.handoff.session.EntryRepository;
import dev.handoff.session.HandoffWaits;
import dev.handoff.session.Kind;
import dev.handoff.session.SessionRepository;
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

    private final SessionRepository sessions;
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

    Delivery(SessionRepository sessions, EntryRepository entries, SupportLog log, LaneRepository lanes,
            LegRepository legs, TurnRepository turns, Sender sender, MainLine mainLine, Failover failover,
            Abandonment abandonment, HandoffWaits waits, SupportSystems supports, ConversationWatch watch,
            TransactionTemplate transaction) {
        this.sessions = sessions;
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
            if (live && run.cursor() < run.head()) {
                relay(run);
            } else if (!run.leg().remains().isEmpty()) {
                abandonment.carryOut(run);
            } else if (run.cursor() >= run.head()) {
                freed = lanes.release(run, live);
                run.head(freed ? run.head() : lanes.head(run));
            } else {
                freed = handOver(run);
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
                if (entry.kind() == Kind.CLOSED && entry.side() == Side.BOT && !answeredSince(run, entry)) {
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

    /** Whether an agent has taken the session again before the bot's close was carried: it is not ended under them. */
    private boolean answeredSince(SupportRun run, Entry closed) {
        return sessions.find(closed.session()).filter(SessionRow::handedOver)
                .filter(session -> run.support().name().equals(session.connection()))
                .filter(session -> session.handoffSeq() < closed.seq() || session.handoffSeq() <= run.leg().failedSeq())
                .isPresent();
    }

    private void close(SupportRun run, Entry closed) throws CallFailed {
        if (run.leg().refs().containsKey(Refs.CONVERSATION)) {
            closeOverThere(run, closed);
        }
        run.cursor(closed.seq());
        run.leg(run.leg().closed());
        transaction.executeWithoutResult(status -> {
            lanes.advance(run, false);
            legs.save(run.leg());
        });
    }

    private void closeOverThere(SupportRun run, Entry closed) throws CallFailed {
        String reason = closed.body().reason();
        try {
            if (run.support().capabilities().notes()) {
                Post note = new Post(closed.session() + ":" + closed.seq(), true, closed.author(), null,
                        "The bot has taken the conversation back" + (reason == null ? "." : ": " + reason),
                        closed.at().toString());
                sender.lookUp(run, note);
                sender.deliver(run, note);
            }
            run.beforeSend();
            if (!run.inDoubt() || !"closed".equals(run.support().state(run.leg().refs()).status())) {
                run.support().close(run.leg().refs(), reason);
            }
        } catch (CallFailed e) {
            if (e.outcome() == Outcome.REJECTED) {
                sender.giveUp(run, closed, e.getMessage());
            } else if (e.outcome() != Outcome.GONE) {
                throw e;
            }
        }
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
     * whether the lane is free since there is neither.
     */
    private boolean handOver(SupportRun run) throws CallFailed {
        Optional<Entry> next = entries.nextHandoffOrClose(run.session().id(), run.support().name(),
                Math.max(run.cursor(), run.leg().failedSeq()), run.head());
        if (next.isEmpty()) {
            boolean freed = lanes.trim(run);
            run.head(freed ? run.head() : lanes.head(run));
            return freed;
        }
        if (next.get().kind() == Kind.CLOSED) {
            close(run, next.get());
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
            boolean free = lanes.release(run, true);
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
        waits.tell(run.session().id());
        return freed;
    }
}
