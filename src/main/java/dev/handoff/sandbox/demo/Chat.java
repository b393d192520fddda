package dev.handoff.sandbox.demo;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** One user's talk with the demo bot, as far as the bot remembers it; the rest stands in the session's log. */
final class Chat {

    private final String session;
    private final Dialogue dialogue = new Dialogue();
    private final AtomicInteger thoughts = new AtomicInteger();
    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
    private volatile Instant usedAt = Instant.now();
    private long cursor;

    Chat(String session) {
        this.session = session;
    }

    String session() {
        return session;
    }

    /** Used by one task at a time: see {@link #then}. */
    Dialogue dialogue() {
        return dialogue;
    }

    void used() {
        usedAt = Instant.now();
    }

    Instant usedAt() {
        return usedAt;
    }

    /** The last entry that the bot has read; used by the reading thread alone. */
    long cursor() {
        return cursor;
    }

    void cursor(long seq) {
        cursor = seq;
    }

    /** Does it after whatever was to be done before. The task must not throw. */
    synchronized void then(Runnable task, Executor executor) {
        thoughts.incrementAndGet();
        last = last.thenRunAsync(task, executor).whenComplete((done, error) -> thoughts.decrementAndGet())
                .exceptionally(error -> null);
    }

    /** Whether the bot is about to say something. */
    boolean thinking() {
        return thoughts.get() > 0;
    }
}
