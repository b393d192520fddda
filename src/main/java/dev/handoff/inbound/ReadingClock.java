package dev.handoff.inbound;

import java.time.Duration;

import dev.handoff.support.SupportSystem;

import io.github.resilience4j.core.IntervalFunction;

/**
 * When a conversation is read although no bell has rung, in systems that do not tell which conversations have changed:
 * while people have it, the rarer the longer nothing is new.
 */
final class ReadingClock {

    private static final int RAREST = 16;

    private ReadingClock() {
    }

    static boolean serves(SupportSystem system) {
        return system.capabilities().read() && !system.capabilities().sweep();
    }

    /** @param quiet how often nothing was new */
    static Duration wait(SupportSystem system, int quiet) {
        long often = system.custom().sweep().toMillis();
        return Duration.ofMillis(IntervalFunction.ofExponentialRandomBackoff(often, 2, 0.1, often * RAREST)
                .apply(1 + Math.min(quiet, RAREST)));
    }

    /**
     * How long to wait after a reading; null: for a bell. Once the people are done it is read once more: a message of
     * ours that came late may have opened it again.
     */
    static Duration wait(SupportSystem system, Reader reader, boolean withPeople) {
        if (!serves(system)) {
            return null;
        }
        if (withPeople) {
            return wait(system, reader.quiet());
        }
        Duration often = system.custom().sweep();
        Duration settlesIn = system.capabilities().settlesIn();
        return reader.quiet() > 0 ? null : often.compareTo(settlesIn) > 0 ? often : settlesIn;
    }
}
