package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;

import dev.handoff.session.SessionRow;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SendGuard;

/** One claimed lane at work: how far it has come, and until when it may send. */
abstract class Run {

    private final Claim claim;
    private final SessionRow session;
    private final Gate gate;
    private final Pace pace;
    private final Duration timeout;
    /** What lies up to here may have been sent before this run began. Where that had nothing to carry, it looks up nothing. */
    private final long doubtfulUpTo;
    private Offer offer;
    private long head;
    private volatile long cursor;
    private volatile long leaseNanos;
    private volatile boolean stopping;
    private boolean sent;

    /**
     * @param messagesPerMinute of one conversation; null for no limit
     * @param timeout           how long one call may take
     */
    Run(Claim claim, SessionRow session, Gate gate, Integer messagesPerMinute, Duration timeout) {
        this.claim = claim;
        this.session = session;
        this.gate = gate;
        this.pace = new Pace(messagesPerMinute, claim.windowStart(), claim.windowCount());
        this.timeout = timeout;
        this.doubtfulUpTo = claim.doubt() == null ? 0 : claim.cursor() < claim.head() ? claim.head() : Long.MAX_VALUE;
        this.offer = claim.offer();
        this.head = claim.head();
        this.cursor = claim.cursor();
        this.leaseNanos = claim.leaseNanos();
    }

    Claim claim() {
        return claim;
    }

    SessionRow session() {
        return session;
    }

    Gate gate() {
        return gate;
    }

    Pace pace() {
        return pace;
    }

    /** Of a bot lane; of a support lane only how often the next entry was refused. */
    Offer offer() {
        return offer;
    }

    void offer(Offer next) {
        this.offer = next;
    }

    /** Is told of what ends this run, before that is stored. */
    void failed(CallFailed failure) {
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

    /** What was in doubt before this run and has not been looked up yet stays in doubt; null: nothing is. */
    Instant doubt() {
        return inDoubt() ? claim.doubt() : null;
    }

    /** The same, after what ends this run. */
    Instant doubt(CallFailed failure) {
        return failure.leavesDoubt() ? claim.clock().now() : doubt();
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
        answered();
        sent = true;
    }

    /** Whatever was sent has been answered: this operation comes after it, or the run has ended well. */
    void answered() {
        if (sent) {
            gate.answered();
        }
    }

    /** Is asked before each HTTP request of an operation: from then on somebody else may be sending. */
    void beforeRequest() {
        if (leaseTooShort()) {
            throw new SendGuard.SendForbidden("The lease of lane " + claim.id() + " runs down");
        }
    }

    private boolean leaseTooShort() {
        return leaseNanos - System.nanoTime() <= timeout.toNanos();
    }
}
