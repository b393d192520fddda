package dev.handoff.lane;

import java.util.List;
import java.util.Map;

import dev.handoff.session.Author;
import dev.handoff.session.Entry;
import dev.handoff.session.EntryRepository;
import dev.handoff.session.SupportLog;
import dev.handoff.session.User;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystem.Post;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Closes over there what was made for a handoff that somebody else has by now, or nobody. It is tried until the support
 * system can be reached, so that no agent is left with a conversation that leads nowhere.
 */
@Component
class Abandonment {

    private static final Logger LOG = LoggerFactory.getLogger(Abandonment.class);
    private static final String WORDS =
            "This conversation is not with this team any more. The user does not see what is written here.";

    private final EntryRepository entries;
    private final SupportLog log;
    private final LaneRepository lanes;
    private final LegRepository legs;
    private final ConversationWatch watch;
    private final TransactionTemplate transaction;

    Abandonment(EntryRepository entries, SupportLog log, LaneRepository lanes, LegRepository legs, ConversationWatch watch,
            TransactionTemplate transaction) {
        this.entries = entries;
        this.log = log;
        this.lanes = lanes;
        this.legs = legs;
        this.watch = watch;
        this.transaction = transaction;
    }

    /** One step: finding it, telling agents, closing it. */
    void carryOut(SupportRun run) throws CallFailed {
        Remains next = run.leg().toClose().orElseThrow();
        if (!run.settled(next.doubt())) {
            throw run.untilSettled(next.doubt());
        }
        if (!run.settled()) {
            // What was sent without an answer might still open it again.
            throw run.untilSettled();
        }
        run.closing(true);
        step(run, next);
        run.closing(false);
    }

    private void step(SupportRun run, Remains next) throws CallFailed {
        if (next.refs() == null) {
            found(run, next, lookedUp(run, next));
        } else if (next.told() || !run.support().capabilities().notes()) {
            String refusal = close(run, next);
            if (refusal == null) {
                keep(run, run.leg().without(next));
            } else {
                refused(run, next, refusal);
            }
        } else if (isOver(run, next)) {
            keep(run, run.leg().without(next));
        } else {
            note(run, next);
            keep(run, run.leg().replacing(next, next.asTold()));
        }
    }

    /** It stays open. Who asked for it is told; else that is for the log. */
    private void refused(SupportRun run, Remains next, String refusal) {
        LOG.warn("What was left of a handoff on {} could not be closed: {}", run.support().name(), refusal);
        if (next.close() == null) {
            keep(run, run.leg().without(next));
            return;
        }
        transaction.executeWithoutResult(status -> {
            log.undelivered(run.session().id(), next.close(), refusal);
            keep(run, run.leg().replacing(next, next.asRefused()));
        });
    }

    private String why(SupportRun run, Remains remains) {
        return remains.close() == null ? "The conversation is not with this team any more"
                : entries.bySeq(run.session().id(), remains.close()).orElseThrow().body().reason();
    }

    /** The note may be there; what is said elsewhere meanwhile need not wait for that. */
    private void keepDoubt(SupportRun run, Remains next) {
        run.leg(run.leg().replacing(next, next.inDoubt(run.claim().clock().now())));
        transaction.executeWithoutResult(status -> {
            lanes.keep(run);
            legs.save(run.leg());
        });
    }

    private void keep(SupportRun run, Leg leg) {
        run.leg(leg);
        transaction.executeWithoutResult(status -> {
            lanes.advance(run, leg.live(run.cursor()));
            legs.save(leg);
        });
    }

    private void found(SupportRun run, Remains next, Map<String, String> refs) {
        if (!refs.containsKey(Refs.CONVERSATION)) {
            keep(run, run.leg().without(next));
            return;
        }
        transaction.executeWithoutResult(status -> {
            watch.opened(run.session().id(), run.support().name(), refs);
            keep(run, run.leg().replacing(next, next.at(refs)));
        });
    }

    /** The request that would have made it may have come through. */
    private Map<String, String> lookedUp(SupportRun run, Remains remains) throws CallFailed {
        SupportSystem support = run.support();
        Entry handoff = entries.bySeq(run.session().id(), remains.handoff()).orElseThrow();
        User user = Handover.user(handoff, run.session());
        try {
            run.beforeSend();
            Map<String, String> refs = support.createUser(user, Handover.userMark(run.session(), user));
            run.beforeSend();
            return support.createConversation(user, Handover.mark(handoff), refs, null,
                    Handover.first(run, entries, handoff.seq()), true, false);
        } catch (CallFailed e) {
            if (!e.forGood()) {
                throw e;
            }
            return Map.of();
        }
    }

    /** Whether there is nothing to close any more: it is closed, gone, or agents have taken it up. */
    private static boolean isOver(SupportRun run, Remains next) throws CallFailed {
        if (run.leg().serves(next.refs().get(Refs.CONVERSATION))) {
            return true;
        }
        run.beforeSend();
        try {
            return "closed".equals(run.support().state(next.refs()).status());
        } catch (CallFailed e) {
            if (!e.forGood()) {
                throw e;
            }
            LOG.info("What was left of a handoff on {} is not there: {}", run.support().name(), e.getMessage());
            return true;
        }
    }

    /** That they are not told must not keep it open. */
    private void note(SupportRun run, Remains remains) throws CallFailed {
        SupportSystem support = run.support();
        Post note = new Post(run.session().id() + ":" + remains.handoff() + ".abandoned", true, Author.BOT, null,
                WORDS, run.claim().clock().now().toString());
        try {
            run.beforeSend();
            if (support.capabilities().find() && support.find(List.of(note), remains.refs()).containsKey(note.mark())) {
                return;
            }
            run.beforeSend();
            support.post(note, remains.refs());
        } catch (CallFailed e) {
            if (!e.forGood() && !SupportRun.isRefusal(e.httpStatus())) {
                if (e.leavesDoubt()) {
                    keepDoubt(run, remains);
                }
                throw e;
            }
            LOG.warn("Agents on {} could not be told that a conversation is not theirs any more: {}", support.name(),
                    e.getMessage());
        }
    }

    /** Gives why it is refused; null if it is closed, gone, or with agents again. */
    private String close(SupportRun run, Remains remains) throws CallFailed {
        if (isOver(run, remains)) {
            return null;
        }
        run.beforeSend();
        try {
            run.support().close(remains.refs(), why(run, remains));
            LOG.info("What was left of a handoff on {} is closed", run.support().name());
            return null;
        } catch (CallFailed e) {
            if (!e.forGood()) {
                throw e;
            }
            return e.outcome() == Outcome.REJECTED ? e.getMessage() : null;
        }
    }
}
