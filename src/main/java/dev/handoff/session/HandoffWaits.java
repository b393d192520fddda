package dev.handoff.session;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

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

    private final Map<Awaited, Set<CompletableFuture<Void>>> waiting = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private volatile boolean running = true;

    /** @param origin the bot's entry of the handoff */
    private record Awaited(UUID session, long origin) {
    }

    HandoffWaits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Completes when the handoff may have been settled, the time is over, or the process is about to end. Never fails.
     */
    public CompletableFuture<Void> settled(Entry handoff, Duration atMost) {
        Awaited awaited = new Awaited(handoff.session(), handoff.origin());
        CompletableFuture<Void> done = new CompletableFuture<>();
        waiting.compute(awaited, (key, others) -> {
            Set<CompletableFuture<Void>> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(done);
            return all;
        });
        if (!running) {
            tell(awaited);
        }
        return done.completeOnTimeout(null, atMost.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((nothing, failure) -> waiting.computeIfPresent(awaited, (key, all) -> {
                    all.remove(done);
                    return all.isEmpty() ? null : all;
                }));
    }

    /** To be called after the commit that settled the handoff. */
    public void tell(Entry handoff) {
        tell(new Awaited(handoff.session(), handoff.origin()));
    }

    private void tell(Awaited handoff) {
        Set<CompletableFuture<Void>> all = waiting.remove(handoff);
        if (all != null) {
            all.forEach(one -> one.complete(null));
        }
    }

    /** Another replica may have carried it: one look for all that wait here. */
    @Scheduled(fixedDelay = 500)
    void look() {
        Map<UUID, List<Awaited>> all = waiting.keySet().stream().collect(Collectors.groupingBy(Awaited::session));
        List<UUID> ids = List.copyOf(all.keySet());
        for (int from = 0; from < ids.size(); from += SESSIONS_A_QUERY) {
            jdbc.sql("select id from session where id in (:ids) and (confirmed or control = 'bot')")
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + SESSIONS_A_QUERY)))
                    .query(UUID.class).list().forEach(id -> all.get(id).forEach(this::tell));
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
