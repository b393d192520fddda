package dev.handoff.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The switches of what goes wrong in a sandbox. Safe for use by many threads. */
public final class Faults {

    /** What one call meets: how much longer it takes, and what else goes wrong (null: nothing). */
    record Met(Duration latency, Fault fault) {
    }

    private static final class Armed {

        private final Fault fault;
        private final AtomicInteger left;

        Armed(Fault fault) {
            this.fault = fault;
            this.left = fault.next() == null ? null : new AtomicInteger(fault.next());
        }

        boolean spent() {
            return left != null && left.get() <= 0;
        }

        /** Whether one of the calls that it was set for was left. */
        boolean take() {
            return left == null || left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
        }

        Fault remaining() {
            return left == null ? fault : fault.next(left.get());
        }
    }

    private final Random random;
    private final List<Armed> armed = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch hangs = new CountDownLatch(1);

    /** @param seed of the dice, so that a run can be repeated */
    public Faults(long seed) {
        this.random = new Random(seed);
    }

    public void add(Fault fault) {
        armed.add(new Armed(fault));
    }

    /** Those that can still hit, with the number of calls that is left to them. */
    public List<Fault> list() {
        return armed.stream().filter(a -> !a.spent()).map(Armed::remaining).toList();
    }

    /** Removes all of them, and lets calls go on that hang. */
    public void clear() {
        armed.clear();
        release();
    }

    /** Lets calls go on that hang. */
    synchronized void release() {
        CountDownLatch former = hangs;
        hangs = new CountDownLatch(1);
        former.countDown();
    }

    /** Decides what a call meets: every latency that concerns it, and the first other fault that hits. */
    Met meet(String method, String template) {
        Duration latency = Duration.ZERO;
        Fault hit = null;
        for (Armed candidate : armed) {
            Fault fault = candidate.fault;
            boolean slow = fault.kind() == Fault.Kind.LATENCY;
            if (slow || hit == null) {
                boolean hits = fault.concerns(method, template) && dice(fault) && candidate.take();
                if (hits && slow) {
                    latency = latency.plus(fault.delay());
                } else if (hits) {
                    hit = fault;
                }
            }
        }
        armed.removeIf(Armed::spent);
        return new Met(latency, hit);
    }

    /** Waits as long as the fault hangs. */
    void hang(Fault fault) throws InterruptedException {
        CountDownLatch latch = hangs;
        if (fault.delay() == null) {
            latch.await();
        } else {
            latch.await(fault.delay().toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private boolean dice(Fault fault) {
        return fault.probability() >= 1 || random.nextDouble() < fault.probability();
    }
}
