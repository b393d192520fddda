package dev.handoff.sandbox;

import java.util.Objects;
import java.util.Set;

/**
 * Where a sandbox tells what happens.
 *
 * @param secret by which it signs; null: it does not
 * @param kinds  the events that are wanted; empty: all of them
 * @param inbox  whether it is the API inbox's address, where failures mark the message as failed; else the account's
 */
public record Webhook(String url, String secret, Set<String> kinds, boolean inbox) {

    public Webhook {
        Objects.requireNonNull(url, "url");
        kinds = kinds == null ? Set.of() : Set.copyOf(kinds);
    }

    boolean wants(String event) {
        return kinds.isEmpty() || kinds.contains(event);
    }
}
