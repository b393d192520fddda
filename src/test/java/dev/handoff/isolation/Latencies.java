package dev.handoff.isolation;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Measured times in milliseconds. */
record Latencies(List<Double> sorted) {

    Latencies(Collection<Double> any) {
        this(any.stream().sorted().toList());
    }

    /** @param share from 0 to 1 */
    double quantile(double share) {
        return sorted.get((int) Math.min(sorted.size() - 1, Math.floor(share * sorted.size())));
    }

    double median() {
        return quantile(0.5);
    }

    double p99() {
        return quantile(0.99);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "median %.1f ms, p99 %.1f ms of %d", median(), p99(), sorted.size());
    }
}
