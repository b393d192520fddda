package dev.handoff.lane;

import java.time.Duration;
import java.util.List;

import dev.handoff.bot.CallbackFailed;
import dev.handoff.bot.Callbacks;
import dev.handoff.session.BotLog;
import dev.handoff.session.Entry;
import dev.handoff.session.EntryRepository;
import dev.handoff.session.Kind;
import dev.handoff.session.SessionRow;
import dev.handoff.session.Side;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Carries what the support side says to the bot's callback, in batches. A batch is what the lane offers, or as much of
 * it as fits; since the offer is stored, a retry has the same entries and the same id.
 */
@Component
class BotCarrier implements Carrier<BotRun> {

    /** How often a bot may refuse an entry before it is given up. */
    private static final int TRIES = 5;
    /** How long a bot that wants no more calls is left alone. */
    private static final Duration STOPPED_FOR = Duration.ofHours(1);
    private static final int LARGEST_BATCH = 100;
    /** Characters of all texts; what servers take without being told to take more. */
    private static final int LONGEST_BATCH = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(BotCarrier.class);

    private final EntryRepository entries;
    private final LaneRepository lanes;
    private final BotLog log;
    private final Callbacks callbacks;
    private final TransactionTemplate transaction;

    BotCarrier(EntryRepository entries, LaneRepository lanes, BotLog log, Callbacks callbacks,
            TransactionTemplate transaction) {
        this.entries = entries;
        this.lanes = lanes;
        this.log = log;
        this.callbacks = callbacks;
        this.transaction = transaction;
    }

    @Override
    public Side side() {
        return Side.BOT;
    }

    @Override
    public BotRun begin(Claim claim, SessionRow session, Gate gate) {
        return new BotRun(claim, session, callbacks.of(claim.destination().name()).orElseThrow(), gate);
    }

    @Override
    public void carry(BotRun run) throws CallFailed {
        boolean freed = false;
        while (!freed) {
            if (run.cursor() < run.offer().upTo()) {
                next(run);
            } else if (run.cursor() < run.head()) {
                lanes.offerAll(run);
            } else {
                freed = lanes.release(run, true);
                run.head(freed ? run.head() : lanes.head(run));
            }
        }
    }

    private void next(BotRun run) throws CallFailed {
        List<Entry> batch = batch(run);
        if (batch.isEmpty()) {
            run.cursor(run.offer().upTo());
            return;
        }
        run.beforeSend();
        try {
            callbacks.send(run.callback(), run.session().key(), id(batch), batch);
            run.cursor(last(batch).seq());
        } catch (CallbackFailed e) {
            failed(run, batch, e);
        }
    }

    private List<Entry> batch(BotRun run) {
        List<Entry> batch = entries.readForTheBot(run.session().id(), run.cursor(), run.offer().upTo(), LARGEST_BATCH);
        int length = 0;
        for (int i = 0; i < batch.size(); i++) {
            String text = batch.get(i).body().text();
            length += text == null ? 0 : text.length();
            if (i > 0 && length > LONGEST_BATCH) {
                return batch.subList(0, i);
            }
        }
        return batch;
    }

    /** The specification wants no full stop in it. */
    private static String id(List<Entry> batch) {
        return batch.get(0).session() + "_" + batch.get(0).seq() + "-" + last(batch).seq();
    }

    private static Entry last(List<Entry> batch) {
        return batch.get(batch.size() - 1);
    }

    private void failed(BotRun run, List<Entry> batch, CallbackFailed e) throws CallFailed {
        switch (e.outcome()) {
            case REFUSED -> refused(run, batch, e);
            case STOPPED -> {
                run.gate().pause(STOPPED_FOR);
                throw failed(run, Outcome.LIMITED, e, STOPPED_FOR);
            }
            case LIMITED -> throw failed(run, Outcome.LIMITED, e, e.retryAfter());
            case UNKNOWN -> throw failed(run, Outcome.UNKNOWN, e, null);
        }
    }

    /** A batch is halved until the entry that is refused stands alone. */
    private void refused(BotRun run, List<Entry> batch, CallbackFailed e) throws CallFailed {
        if (batch.size() > 1) {
            lanes.offerUpTo(run, batch.get(batch.size() / 2 - 1).seq());
            return;
        }
        run.offer(run.offer().refusedAgain());
        if (run.offer().refused() < TRIES) {
            throw failed(run, Outcome.REJECTED, e, null);
        }
        giveUp(run, batch.get(0), e.getMessage());
    }

    private void giveUp(BotRun run, Entry entry, String reason) {
        LOG.warn("Entry {} is given up: {}", entry.seq(), reason);
        run.cursor(entry.seq());
        run.offer(new Offer(run.offer().upTo(), 0));
        transaction.executeWithoutResult(status -> {
            if (entry.kind() != Kind.UNDELIVERED) {
                log.undelivered(entry, reason);
            }
            lanes.advance(run, true);
        });
    }

    private static CallFailed failed(BotRun run, Outcome outcome, CallbackFailed e, Duration retryAfter) {
        CallFailed failed = new CallFailed(outcome, run.claim().destination().name(), "callback", e.httpStatus(),
                retryAfter, e.getMessage(), e);
        return e.isSilence() ? failed.silence() : failed;
    }
}
