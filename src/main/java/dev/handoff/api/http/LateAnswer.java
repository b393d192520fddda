package dev.handoff.api.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The answer to a request that waits for something: written once, by a thread of the server, or given up. */
class LateAnswer implements AsyncListener {

    private static final Logger LOG = LoggerFactory.getLogger(LateAnswer.class);
    /** Twice the longest wait that a client may ask for. Only a mistake of ours lets a request live so long. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final AsyncContext context;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ProblemWriter problems;
    private final String session = LoggedSession.current();
    private final AtomicBoolean open = new AtomicBoolean(true);

    LateAnswer(HttpServletRequest request, HttpServletResponse response, ProblemWriter problems) {
        this.context = request.startAsync(request, response);
        this.request = request;
        this.response = response;
        this.problems = problems;
        context.setTimeout(LONGEST.toMillis());
        context.addListener(this);
    }

    /** @param giveUp runs in place of {@code write} when the request has ended before */
    void when(CompletableFuture<Void> done, Runnable write, Runnable giveUp) {
        done.thenRun(() -> {
            if (!open.compareAndSet(true, false)) {
                giveUp.run();
                return;
            }
            try {
                // A slow client's socket must not hold the thread that completed the work.
                context.start(() -> writeAndEnd(write));
            } catch (IllegalStateException | RejectedExecutionException ended) {
                LOG.debug("The request ended before its answer", ended);
                giveUp.run();
            }
        });
    }

    private void writeAndEnd(Runnable write) {
        try (LoggedSession ignored = LoggedSession.of(session)) {
            write.run();
        } finally {
            context.complete();
        }
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        if (open.compareAndSet(true, false)) {
            problems.write(new IllegalStateException("No answer within " + LONGEST), request, response);
            context.complete();
        }
    }

    @Override
    public void onError(AsyncEvent event) {
        open.set(false);
    }

    @Override
    public void onComplete(AsyncEvent event) {
        open.set(false);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // begins once only
    }
}
