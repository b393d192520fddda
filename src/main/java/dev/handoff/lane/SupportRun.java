package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import dev.handoff.session.SessionRow;
import dev.handoff.session.SessionState.LastError;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SupportSystem;

/** A support lane at work: the conversation that it leads to, and what is in doubt. */
final class SupportRun extends Run {

    private static final int REFUSALS = 5;

    private final SupportSystem support;
    /** Whether what is not there by now never will be. */
    private final boolean settled;
    private Leg leg;
    private Instant handedOver;
    private final Map<String, String> found = new HashMap<>();
    private boolean closing;

    SupportRun(Claim claim, SessionRow session, Leg leg, SupportSystem support, Gate gate) {
        super(claim, session, gate, support.capabilities().messagesPerMinute(), support.timeout());
        this.leg = leg;
        this.support = support;
        this.settled = settled(claim.doubt());
    }

    /**
     * Why the system will not take what comes next, however often it is asked; null: it may. A refusal (4xx) after
     * which something may have been stored is looked up and tried again a few times first.
     */
    String refused() {
        LastError last = claim().error();
        boolean often = claim().offer().refused() >= REFUSALS && last != null && isPost(last.operation())
                && isRefusal(last.httpStatus());
        return often && cursor() == claim().cursor() ? last.message() : null;
    }

    /** Counts refusals of one entry; what else fails in between is none, and makes none of them undone. */
    @Override
    void failed(CallFailed failure) {
        boolean refusal = failure.outcome() == Outcome.UNKNOWN && isPost(failure.operation())
                && isRefusal(failure.httpStatus());
        int before = cursor() > claim().cursor() ? 0 : offer().refused();
        offer(new Offer(offer().upTo(), refusal ? before + 1 : before));
    }

    private static boolean isPost(String operation) {
        return "post".equals(operation);
    }

    /** "Too much" and "too slow" (408) are not about what was sent. */
    static boolean isRefusal(Integer status) {
        return status != null && status / 100 == 4 && status != 429 && status != 408;
    }

    @Override
    void cursor(long seq) {
        super.cursor(seq);
        leg = leg.withoutPosted();
    }

    SupportSystem support() {
        return support;
    }

    Leg leg() {
        return leg;
    }

    void leg(Leg changed) {
        if (!Objects.equals(leg.refs().get(Refs.CONVERSATION), changed.refs().get(Refs.CONVERSATION))) {
            found.clear();
        }
        this.leg = changed;
    }

    /** From now on it is about what is to be closed, and about no entry. */
    void closing(boolean begun) {
        closing = begun;
    }

    @Override
    Instant doubt(CallFailed failure) {
        return closing ? doubt() : super.doubt(failure);
    }

    boolean settled() {
        return settled;
    }

    /** Whether what may have left at that moment for the last time ({@code null}: nothing) has become visible. */
    boolean settled(Instant doubt) {
        return doubt == null || !settlesAt(doubt).isAfter(claim().clock().now());
    }

    private Instant settlesAt(Instant doubt) {
        return doubt.plus(support.capabilities().settlesIn());
    }

    /** Waits until what is not there can be believed not to be there. */
    Postponed untilSettled() {
        return untilSettled(claim().doubt());
    }

    Postponed untilSettled(Instant doubt) {
        Duration left = Duration.between(claim().clock().now(), settlesAt(doubt));
        return new Postponed(left.isNegative() ? Duration.ZERO : left);
    }

    /** What follows is the history of a handoff at that time; null: it is not history. */
    void historyOf(Instant handoff) {
        handedOver = handoff;
    }

    /** The handoff whose history is sent, where people over there do not see when it was said; else null. */
    Instant handedOver() {
        return support.capabilities().originalTimes() ? null : handedOver;
    }

    /** Marks that are in the leg's conversation, with their ids. */
    void found(Map<String, String> marks) {
        found.putAll(marks);
    }

    /** The id over there of what has been sent already; null: it was not found. */
    String found(String mark) {
        return found.get(mark);
    }
}
