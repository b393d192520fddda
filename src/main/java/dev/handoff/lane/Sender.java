package dev.handoff.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.handoff.session.Author;
import dev.handoff.session.Entry;
import dev.handoff.session.Kind;
import dev.handoff.session.Side;
import dev.handoff.session.SupportLog;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem.Post;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Posts entries to the support system: each once, in order, at the pace that the system allows. */
@Component
class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final Set<Kind> TEXTS = Set.of(Kind.MESSAGE, Kind.NOTE, Kind.UNDELIVERED);

    private final SupportLog log;
    private final LaneRepository lanes;
    private final TransactionTemplate transaction;

    Sender(SupportLog log, LaneRepository lanes, TransactionTemplate transaction) {
        this.log = log;
        this.lanes = lanes;
        this.transaction = transaction;
    }

    /** Looks up, in one call, which of the entries an earlier run has sent already. */
    void lookUp(SupportRun run, List<Entry> entries) throws CallFailed {
        if (!run.inDoubt() || !run.support().capabilities().find()
                || !run.leg().refs().containsKey(Refs.CONVERSATION)) {
            return;
        }
        List<Post> posts = new ArrayList<>();
        for (Entry entry : entries) {
            if (isText(run, entry)) {
                posts.addAll(parts(run, entry));
            }
        }
        if (posts.isEmpty()) {
            run.found(Map.of());
            return;
        }
        run.beforeSend();
        run.found(run.support().find(posts, run.leg().refs()));
    }

    /** Looks up, where that is in doubt, whether an earlier run has sent it already. */
    void lookUp(SupportRun run, Post post) throws CallFailed {
        if (run.inDoubt() && run.support().capabilities().find()) {
            run.beforeSend();
            run.found(run.support().find(List.of(post), run.leg().refs()));
        }
    }

    /** Posts an entry, if it is one that is posted, and moves the cursor past it. What is refused is told to the bot. */
    void deliver(SupportRun run, Entry entry) throws CallFailed {
        if (isText(run, entry)) {
            try {
                for (Post part : parts(run, entry)) {
                    deliver(run, part);
                }
            } catch (CallFailed e) {
                if (e.outcome() != Outcome.REJECTED) {
                    throw e;
                }
                giveUp(run, entry, e.getMessage());
            }
        }
        run.cursor(entry.seq());
        if (!run.support().capabilities().find()) {
            lanes.advance(run, run.leg().live(run.cursor()));
        }
    }

    /** What will be posted first of these entries; null: nothing. */
    static Post first(SupportRun run, List<Entry> entries) {
        return entries.stream().filter(entry -> isText(run, entry)).findFirst()
                .map(entry -> parts(run, entry).get(0)).orElse(null);
    }

    /** Posts one message or note, unless an earlier run did. */
    void deliver(SupportRun run, Post post) throws CallFailed {
        if (run.leg().posted().contains(post.mark())) {
            return;
        }
        String there = run.found(post.mark());
        if (there != null) {
            run.leg(run.leg().withPosted(post.mark(), there));
            return;
        }
        if (run.inDoubt() && run.support().capabilities().find()) {
            if (!run.settled()) {
                throw run.untilSettled();
            }
            if (run.refused() != null) {
                throw refused(run, run.refused());
            }
        }
        if (post.note() && !run.support().capabilities().notes()) {
            throw refused(run, run.support().system() + " has no private notes, and this must not be seen by the user");
        }
        waitForTurn(run);
        run.beforeSend();
        run.leg(run.leg().withPosted(post.mark(), run.support().post(post, run.leg().refs())));
        run.gate().passed();
    }

    private static CallFailed refused(SupportRun run, String message) {
        return new CallFailed(Outcome.REJECTED, run.support().name(), "post", null, null, message, null);
    }

    private static void waitForTurn(SupportRun run) {
        Duration wait = run.pace().next(run.claim().clock().now());
        if (wait.isZero()) {
            wait = run.gate().next();
        }
        if (!wait.isZero()) {
            throw new Postponed(wait);
        }
    }

    /** Tells the bot that an entry could not be delivered, and goes on after it. */
    void giveUp(SupportRun run, Entry entry, String reason) {
        transaction.executeWithoutResult(status -> {
            if (entry.kind() == Kind.UNDELIVERED) {
                LOG.warn("That entry {} was not delivered could not be told to agents: {}", entry.body().of(), reason);
            } else {
                log.undelivered(entry.session(), entry.seq(), reason);
            }
            run.cursor(entry.seq());
            lanes.advance(run, run.leg().live(run.cursor()));
        });
    }

    private static List<Post> parts(SupportRun run, Entry entry) {
        return Parts.of(entry, run.support().capabilities().longestText(), run.handedOver());
    }

    static boolean isText(SupportRun run, Entry entry) {
        return entry.side() == Side.BOT ? TEXTS.contains(entry.kind())
                : run.support().capabilities().notes() && isFromElsewhere(run, entry);
    }

    /** What agents on another connection have said to the user: these here must know it. */
    private static boolean isFromElsewhere(SupportRun run, Entry entry) {
        return entry.kind() == Kind.MESSAGE && entry.author() == Author.AGENT && entry.body().text() != null
                && entry.key() != null && !entry.key().startsWith(run.support().name() + ":");
    }
}
