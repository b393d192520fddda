package dev.handoff.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Lets answers wait until a handoff is confirmed or has failed, without a thread each. */
@Service
public class HandoffWaits implements SmartLifecycle {

    private static final int SESSIONS_A_QUERY = 500;
    /** After the lanes, which may still confirm some; before the server, which waits for requests under way. */
    private static final int PHASE = Integer.MAX_VALUE - 1;

    private final Map<UUID, Set<CompletableFuture<Void>>> waiting = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private volatile boolean running = true;

    HandoffWaits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Completes when the session's handoff may have been settled, the time is over, or the process is about to end.
     * Never fails.
     */
    public CompletableFuture<Void> settled(UUID session, Duration atMost) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        waiting.compute(session, (id, others) -> {
            Set<CompletableFuture<Void>> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(done);
            return all;
        });
        if (!running) {
            tell(session);
        }
        return done.completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((nothing, failure) -> waiting.computeIfPresent(session, (id, all) -> {
                    all.remove(done);
                    return all.isEmpty() ? null : all;
                }));
    }

    /** To be called after the commit that settled the session's handoff. */
    public void tell(UUID session) {
        Set<CompletableFuture<Void>> all = waiting.remove(session);
        if (all != null) {
            all.forEach(one -> one.complete(null));
        }
    }

    /** Another replica may have carried it: one look for all that wait here. */
    @Scheduled(fixedDelay = 500)
    void look() {
        List<UUID> ids = List.copyOf(waiting.keySet());
        for (int from = 0; from < ids.size(); from += SESSIONS_A_QUERY) {
            jdbc.sql("select id from session where id in (:ids) and (confirmed or control = 'bot')")
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + SESSIONS_A_QUERY)))
                    .query(UUID.class).list().forEach(this::tell);
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** Whoever waits is told how it stands. */
    @Override
    public void stop() {
        running = false;
        List.copyOf(waiting.keySet()).forEach(this::tell);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
