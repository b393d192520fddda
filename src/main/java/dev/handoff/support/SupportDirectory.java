package dev.handoff.support;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.AsyncCacheLoader;
import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.handoff.session.Team;
import dev.handoff.support.SupportSystem.Availability;

/**
 * Teams and availability of the connections, remembered for a while, so that a handoff need not ask for them. No
 * method waits; at most one fetch of a thing is under way, and a failure is remembered for a few seconds, so that a
 * failing system is not asked by every caller. Futures fail with {@link CallFailed}.
 */
public class SupportDirectory implements AutoCloseable {

    private static final Duration TEAMS_FRESH = Duration.ofSeconds(60);
    private static final Duration AVAILABILITY_FRESH = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration FAILURE_KEPT = Duration.ofSeconds(5);
    private static final int THREADS = 4;
    private static final int WAITING = 256;

    private final SupportSystems systems;
    private final Map<String, ThreadPoolExecutor> executors = new ConcurrentHashMap<>();
    private final AsyncLoadingCache<String, Fetched<List<Team>>> teams;
    private final AsyncLoadingCache<AvailabilityOf, Fetched<Availability>> availability;

    SupportDirectory(SupportSystems systems) {
        this.systems = systems;
        this.teams = Caffeine.newBuilder().expireAfter(SupportDirectory.<String, List<Team>>expiry(KEPT)).refreshAfterWrite(TEAMS_FRESH)
                .buildAsync(loader(connection -> connection, connection -> systems.get(connection).teams()));
        this.availability = Caffeine.newBuilder().maximumSize(10_000)
                .expireAfter(SupportDirectory.<AvailabilityOf, Availability>expiry(AVAILABILITY_FRESH))
                .buildAsync(loader(AvailabilityOf::connection,
                        key -> systems.get(key.connection()).availability(key.team())));
    }

    /** All teams of the connection; as they were up to a minute ago, or the last known while it does not answer. */
    public CompletableFuture<List<Team>> teams(String connection) {
        systems.get(connection);
        return teams.get(connection).thenApply(Fetched::orThrow);
    }

    /** All teams of the connection as they are now; a read that ended a few seconds ago serves too. */
    public CompletableFuture<List<Team>> refreshTeams(String connection) {
        systems.get(connection);
        return teams.get(connection).thenCompose(known -> known.age().compareTo(FAILURE_KEPT) < 0
                ? CompletableFuture.completedFuture(known)
                : teams.synchronous().refresh(connection)).thenApply(Fetched::orThrow);
    }

    /** Whether the team takes conversations; up to ten seconds old. */
    public CompletableFuture<Availability> availability(String connection, Team team) {
        systems.get(connection);
        return availability.get(new AvailabilityOf(connection, team)).thenApply(Fetched::orThrow);
    }

    private <K, V> AsyncCacheLoader<K, Fetched<V>> loader(Function<K, String> connection,
            Fetch<K, V> fetch) {
        return new AsyncCacheLoader<>() {
            @Override
            public CompletableFuture<Fetched<V>> asyncLoad(K key, Executor unused) {
                return run(connection.apply(key), () -> fetch.of(key));
            }

            /** While the system does not answer, what was known last is better than nothing. */
            @Override
            public CompletableFuture<Fetched<V>> asyncReload(K key, Fetched<V> old, Executor unused) {
                return asyncLoad(key, unused).thenApply(anew -> anew.failure() == null ? anew : old.asOfNow());
            }
        };
    }

    private <V> CompletableFuture<Fetched<V>> run(String connection, Callable<V> fetch) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return new Fetched<>(fetch.call(), null, System.nanoTime());
                } catch (Exception e) {
                    return new Fetched<V>(null, e, System.nanoTime());
                }
            }, executors.computeIfAbsent(connection, SupportDirectory::executor));
        } catch (RejectedExecutionException e) {
            return CompletableFuture.completedFuture(new Fetched<>(null, new CallFailed(CallFailed.Outcome.NOT_SENT,
                    connection, "directory", null, null, "Too many look-ups are waiting for this connection.", null),
                    System.nanoTime()));
        }
    }

    private static ThreadPoolExecutor executor(String connection) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING), task -> {
                    Thread thread = new Thread(task, "directory-" + connection);
                    thread.setDaemon(true);
                    return thread;
                });
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    private static <K, V> Expiry<K, Fetched<V>> expiry(Duration kept) {
        return Expiry.writing((key, fetched) -> fetched.failure() == null ? kept : FAILURE_KEPT);
    }

    @Override
    public void close() {
        executors.values().forEach(ThreadPoolExecutor::shutdownNow);
    }

    private record AvailabilityOf(String connection, Team team) {
    }

    @FunctionalInterface
    private interface Fetch<K, V> {
        V of(K key) throws Exception;
    }

    /** @param at of {@link System#nanoTime()} */
    private record Fetched<V>(V value, Exception failure, long at) {

        V orThrow() {
            if (failure != null) {
                throw new CompletionException(failure);
            }
            return value;
        }

        Duration age() {
            return Duration.ofNanos(System.nanoTime() - at);
        }

        Fetched<V> asOfNow() {
            return new Fetched<>(value, failure, System.nanoTime());
        }
    }
}
