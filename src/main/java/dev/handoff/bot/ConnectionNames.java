package dev.handoff.bot;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.handoff.HandoffProperties;

/** The connections that a support chain may name. */
record ConnectionNames(Set<String> known) {

    private static final String SANDBOX = "sandbox";

    static ConnectionNames of(HandoffProperties properties) {
        Set<String> names = new TreeSet<>(properties.connections().keySet());
        if (properties.sandbox()) {
            names.add(SANDBOX);
        }
        return new ConnectionNames(names);
    }

    boolean contains(String name) {
        return known.contains(name);
    }

    /** What is wrong with a chain: place in the chain to words that are read after its key. */
    SortedMap<Integer, String> faults(List<String> chain) {
        SortedMap<Integer, String> faults = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < chain.size(); i++) {
            String name = chain.get(i);
            if (!known.contains(name)) {
                faults.put(i, "there is no connection \"" + name + "\"; " + whatThereIs());
            } else if (!seen.add(name)) {
                faults.put(i, "names \"" + name + "\" a second time: remove it");
            }
        }
        return faults;
    }

    private String whatThereIs() {
        return known.isEmpty()
                ? "none is declared: add one under handoff.connections, or set handoff.sandbox to true"
                : "known are " + String.join(", ", known);
    }
}
