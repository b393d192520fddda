package dev.handoff.lane;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** How work ends with the process: lanes and readings side by side, so that what hangs on both is waited for once. */
public final class Ending {

    /** How long calls that are under way are waited for. */
    private static final Duration WITHIN = Duration.ofSeconds(20);

    private Ending() {
    }

    /**
     * Stops without holding up what else is stopped.
     *
     * @param ended is told in any case
     */
    public static void aside(String thread, Runnable stop, Runnable ended) {
        new Thread(() -> {
            try {
                stop.run();
            } finally {
                ended.run();
            }
        }, thread).start();
    }

    /** Waits until all is idle, but not for ever. */
    public static void await(BooleanSupplier idle) {
        long end = System.nanoTime() + WITHIN.toNanos();
        while (!idle.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }
}
