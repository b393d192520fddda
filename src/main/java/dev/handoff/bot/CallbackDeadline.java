package dev.handoff.bot;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Ends a call when its time is over. The client's own time-outs are for the silence between two bytes: a bot that
 * sends one now and then would keep a thread for ever.
 */
final class CallbackDeadline implements ExecChainHandler, AutoCloseable {

    private static final ThreadLocal<Call> CURRENT = new ThreadLocal<>();

    private final ScheduledExecutorService clock;

    CallbackDeadline() {
        CustomizableThreadFactory threads = new CustomizableThreadFactory("callback-deadline-");
        threads.setDaemon(true);
        this.clock = Executors.newSingleThreadScheduledExecutor(threads);
    }

    /** A call's result, and whether it was ended. */
    record Timed<T>(T result, boolean late) {
    }

    /** Runs a call, all of it on this thread. */
    <T> Timed<T> within(Duration time, Supplier<T> work) {
        Call call = new Call();
        CURRENT.set(call);
        ScheduledFuture<?> end = clock.schedule(call::end, time.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return new Timed<>(work.get(), call.isOver());
        } finally {
            end.cancel(false);
            CURRENT.remove();
        }
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Call call = CURRENT.get();
        if (call != null) {
            call.begin(scope.execRuntime);
        }
        return chain.proceed(request, scope);
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }

    private static final class Call {

        private ExecRuntime connection;
        private boolean over;

        synchronized void begin(ExecRuntime opened) throws SocketTimeoutException {
            if (over) {
                throw new SocketTimeoutException("The call's time was over before it could be sent");
            }
            connection = opened;
        }

        synchronized void end() {
            over = true;
            if (connection != null) {
                connection.discardEndpoint();
            }
        }

        synchronized boolean isOver() {
            return over;
        }
    }
}
