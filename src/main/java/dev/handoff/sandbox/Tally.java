package dev.handoff.sandbox;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts calls by method and route template, and faults by kind. */
final class Tally {

    private final Map<String, LongAdder> calls = new ConcurrentHashMap<>();
    private final Map<String, LongAdder> faults = new ConcurrentHashMap<>();

    void call(String method, String template) {
        calls.computeIfAbsent(method + " " + template, key -> new LongAdder()).increment();
    }

    void fault(Fault.Kind kind) {
        faults.computeIfAbsent(kind.json(), key -> new LongAdder()).increment();
    }

    void clear() {
        calls.clear();
        faults.clear();
    }

    Counts counts() {
        return new Counts(sums(calls), sums(faults));
    }

    private static Map<String, Long> sums(Map<String, LongAdder> counters) {
        Map<String, Long> sums = new TreeMap<>();
        counters.forEach((key, counter) -> sums.put(key, counter.sum()));
        return sums;
    }

    /**
     * @param calls  by method and template, as {@code POST /api/v1/accounts/{account_id}/contacts}
     * @param faults by kind, as {@code error-after}
     */
    record Counts(Map<String, Long> calls, Map<String, Long> faults) {
    }
}
