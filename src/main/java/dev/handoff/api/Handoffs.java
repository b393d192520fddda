package dev.handoff.api;

import java.util.concurrent.CompletableFuture;

import dev.handoff.session.HandoffRequest;

/** Hands conversations over to people. */
public interface Handoffs {

    /**
     * Appends the handoff, and answers when it is confirmed over there, cannot be done, or the request's patience is
     * at its end. Holds no thread while it waits.
     *
     * @throws dev.handoff.session.KeyConflict if the id is taken by another content
     */
    CompletableFuture<HandoffAnswer> handOver(String bot, String session, HandoffRequest request);
}
