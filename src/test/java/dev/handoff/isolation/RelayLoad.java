package dev.handoff.isolation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.handoff.Api;
import dev.handoff.sandbox.RecordedCall;
import dev.handoff.sandbox.SandboxServer;

/**
 * Users write at a fixed rate, whatever becomes of it: how long each message takes until it is accepted, and until it
 * is over there.
 */
final class RelayLoad {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Map<String, CompletableFuture<Long>> arrivals = new ConcurrentHashMap<>();
    private final Api bot;
    private final List<String> sessions;

    /** Hands so many sessions over; the desk must not be listened to by anybody else. */
    RelayLoad(Api bot, SandboxServer desk, int count) {
        this.bot = bot;
        this.sessions = new ArrayList<>();
        desk.listen(this::heard);
        for (int i = 0; i < count; i++) {
            String session = "healthy-" + UUID.randomUUID();
            bot.handoff(session, "{'wait': 30, 'team': 'Travel'}");
            sessions.add(session);
        }
    }

    List<String> sessions() {
        return List.copyOf(sessions);
    }

    private void heard(RecordedCall call) {
        if (call.method().equals("POST") && call.template().endsWith("/messages") && call.status() / 100 == 2) {
            CompletableFuture<Long> arrival = arrivals.remove(call.request().path("content").asText());
            if (arrival != null) {
                arrival.complete(System.nanoTime());
            }
        }
    }

    /** Milliseconds until an answer, and until the message is over there. */
    record Times(Latencies accepted, Latencies relayed) {
    }

    Times run(int perSecond, Duration time) {
        Queue<Double> accepted = new ConcurrentLinkedQueue<>();
        Queue<Double> relayed = new ConcurrentLinkedQueue<>();
        Queue<CompletableFuture<?>> all = new ConcurrentLinkedQueue<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        int count = (int) (perSecond * time.toSeconds());
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            String session = sessions.get(i % sessions.size());
            // From when it should have left: what comes late for our own fault would hide the worst.
            long due = begin + TimeUnit.SECONDS.toNanos(i) / perSecond;
            clock.schedule(() -> {
                String text = UUID.randomUUID().toString();
                CompletableFuture<Long> arrival = new CompletableFuture<>();
                arrivals.put(text, arrival);
                Map<String, String> message = Map.of("author", "user", "text", text);
                all.add(bot.postAsync("/sessions/" + session + "/messages", message)
                        .thenAccept(answer -> accepted.add(millis(due, System.nanoTime()))));
                all.add(arrival.thenAccept(at -> relayed.add(millis(due, at))));
            }, due - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        clock.shutdown();
        try {
            if (!clock.awaitTermination(time.plus(PATIENCE).toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("The load could not be made");
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        return new Times(new Latencies(accepted), new Latencies(relayed));
    }

    private static double millis(long from, long to) {
        return (to - from) / 1e6;
    }
}
