package dev.handoff.lane;

import java.util.List;
import java.util.Map;

import dev.handoff.session.Author;
import dev.handoff.session.Entry;
import dev.handoff.session.EntryRepository;
import dev.handoff.session.User;
import dev.handoff.support.CallFailed;
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
    private final LaneRepository lanes;
    private final LegRepository legs;
    private final ConversationWatch watch;
    private final TransactionTemplate transaction;

    Abandonment(EntryRepository entries, LaneRepository lanes, LegRepository legs, ConversationWatch watch,
            TransactionTemplate transaction) {
        this.entries = entries;
        this.lanes = lanes;
        this.legs = legs;
        this.watch = watch;
        this.transaction = transaction;
    }

    void carryOut(SupportRun run) throws CallFailed {
        if (!run.settled()) {
            // What was sent without an answer might still open it again.
            throw run.untilSettled();
        }
        Remains next = run.leg().remains().get(0);
        boolean known = next.refs() != null;
        Map<String, String> refs = known ? next.refs() : lookedUp(run, next);
        String conversation = refs.get(Refs.CONVERSATION);
        boolean left = conversation != null && !run.leg().serves(conversation);
        if (left) {
            unlessGone(run, () -> note(run, next, refs));
            unlessGone(run, () -> close(run, refs));
            LOG.info("What was left of a handoff on {} is closed", run.support().name());
        }
        run.leg(run.leg().without(next));
        transaction.executeWithoutResult(status -> {
            if (left && !known) {
                watch.opened(run.session().id(), run.support().name(), refs);
            }
            legs.save(run.leg());
            lanes.advance(run, run.leg().live(run.cursor()));
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

    private static void note(SupportRun run, Remains remains, Map<String, String> refs) throws CallFailed {
        SupportSystem support = run.support();
        if (!support.capabilities().notes()) {
            return;
        }
        Post note = new Post(run.session().id() + ":" + remains.handoff() + ".abandoned", true, Author.BOT, null,
                WORDS, run.claim().clock().now().toString());
        run.beforeSend();
        if (support.capabilities().find() && support.find(List.of(note), refs).containsKey(note.mark())) {
            return;
        }
        run.beforeSend();
        support.post(note, refs);
    }

    private static void close(SupportRun run, Map<String, String> refs) throws CallFailed {
        run.beforeSend();
        if (!"closed".equals(run.support().state(refs).status())) {
            run.beforeSend();
            run.support().close(refs, "The conversation is not with this team any more");
        }
    }

    private static void unlessGone(SupportRun run, Step step) throws CallFailed {
        try {
            step.take();
        } catch (CallFailed e) {
            if (!e.forGood()) {
                throw e;
            }
            LOG.warn("What was left of a handoff on {} could not be closed: {}", run.support().name(), e.getMessage());
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws CallFailed;
    }
}
