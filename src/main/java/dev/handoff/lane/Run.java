package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import dev.handoff.session.SessionRow;
import dev.handoff.support.SendGuard;
import dev.handoff.support.SupportSystem;

/** One claimed lane at work: how far it has come, what is in doubt, and until when it may send. */
final class Run {

    private static final int REFUSALS = 5;

    private final Claim claim;
    private final SessionRow session;
    private final SupportSystem support;
    private final Gate gate;
    private final Pace pace;
    /** What lies up to here may have been sent before this run began. */
    private final long doubtfulUpTo;
    /** Whether what is not there by now never will be. */
    private final boolean settled;
    private Leg leg;
    private long head;
    private Map<String, String> found = Map.of();
    private volatile long cursor;
    private volatile long leaseNanos;
    private volatile boolean stopping;

    Run(Claim claim, SessionRow session, Leg leg, SupportSystem support, Gate gate) {
        this.claim = claim;
        this.session = session;
        this.leg = leg;
        this.support = support;
        this.gate = gate;
        this.head = claim.head();
        this.cursor = claim.cursor();
        this.leaseNanos = claim.leaseNanos();
        this.pace = new Pace(support.capabilities().messagesPerMinute(), claim.windowStart(), claim.windowCount());
        this.doubtfulUpTo = claim.doubt() == null ? 0 : claim.head();
        this.settled = claim.doubt() == null || !settlesAt().isAfter(claim.clock().now());
    }

    /**
     * Why the system will not take what comes next, however often it is asked; null: it may. A refusal (4xx) after
     * which something may have been stored is looked up and tried again a few times first.
     */
    String refused() {
        boolean refusals = claim.attempts() >= REFUSALS && claim.error() != null && claim.error().httpStatus() != null
                && claim.error().httpStatus() / 100 == 4;
        return refusals && cursor == claim.cursor() ? claim.error().message() : null;
    }

    Claim claim() {
        return claim;
    }

    SessionRow session() {
        return session;
    }

    SupportSystem support() {
        return support;
    }

    Gate gate() {
        return gate;
    }

    Pace pace() {
        return pace;
    }

    Leg leg() {
        return leg;
    }

    void leg(Leg changed) {
        this.leg = changed;
    }

    long cursor() {
        return cursor;
    }

    void cursor(long seq) {
        this.cursor = seq;
    }

    long head() {
        return head;
    }

    void head(long seq) {
        this.head = seq;
    }

    /** Whether what comes next may have been done by an earlier run. */
    boolean inDoubt() {
        return cursor < doubtfulUpTo;
    }

    boolean settled() {
        return settled;
    }

    private Instant settlesAt() {
        return claim.doubt().plus(support.capabilities().settlesIn());
    }

    /** Waits until what is not there can be believed not to be there. */
    Postponed untilSettled() {
        Duration left = Duration.between(claim.clock().now(), settlesAt());
        return new Postponed(left.isNegative() ? Duration.ZERO : left);
    }

    void found(Map<String, String> marks) {
        this.found = marks;
    }

    /** The id over there of what an earlier run has sent; null: it was not found. */
    String found(String mark) {
        return found.get(mark);
    }

    void renewed(long untilNanos) {
        this.leaseNanos = untilNanos;
    }

    /** Ends the run after the call that it is at. */
    void stop() {
        stopping = true;
    }

    /**
     * To be asked before each operation.
     *
     * @throws Postponed if the process is about to end
     * @throws TokenLost if the lease might run down before a call is over
     */
    void beforeSend() {
        if (stopping) {
            throw new Postponed(Duration.ZERO);
        }
        if (leaseTooShort()) {
            throw new TokenLost(claim.id());
        }
    }

    /** Is asked before each HTTP request of an operation: from then on somebody else may be sending. */
    void beforeRequest() {
        if (leaseTooShort()) {
            throw new SendGuard.SendForbidden("The lease of lane " + claim.id() + " runs down");
        }
    }

    private boolean leaseTooShort() {
        return leaseNanos - System.nanoTime() <= support.timeout().toNanos();
    }
}
