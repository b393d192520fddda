package dev.handoff.api;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;

/**
 * Runs the few calls that ask a support system while the client waits (teams, checks) on threads of their own, so
 * that a support system that hangs takes no thread from the rest of the API.
 */
class SlowCalls implements AutoCloseable {

    private static final int THREADS = 8;
    private static final int WAITING = 64;
    private static final Duration SOON = Duration.ofSeconds(5);

    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING), new CustomizableThreadFactory("slow-call-"));

    SlowCalls() {
        threads.allowCoreThreadTimeOut(true);
    }

    <T> CompletableFuture<T> run(Callable<T> call) {
        try {
            return CompletableFuture.supplyAsync(() -> {
                try {
                    return call.call();
                } catch (Exception failure) {
                    throw new CompletionException(failure);
                }
            }, threads);
        } catch (RejectedExecutionException full) {
            throw new ProblemException(ProblemType.SUPPORT_SYSTEM_BUSY, "Too many calls wait for a support system.")
                    .retryAfter(SOON);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
