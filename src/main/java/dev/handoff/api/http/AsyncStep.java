package dev.handoff.api.http;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * A step whose result comes later. It holds no thread meanwhile: the route goes on, with the result as its body, on
 * the thread that completes the future.
 */
public final class AsyncStep extends AsyncProcessorSupport {

    /** Begins the work of an exchange. */
    @FunctionalInterface
    public interface Work {
        CompletableFuture<?> begin(Exchange exchange) throws Exception;
    }

    private final Work work;

    public AsyncStep(Work work) {
        this.work = work;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        CompletableFuture<?> result;
        try {
            result = work.begin(exchange);
        } catch (Exception failure) {
            result = CompletableFuture.failedFuture(failure);
        }
        if (result.isDone()) {
            result.whenComplete((body, failure) -> settle(exchange, body, failure));
            callback.done(true);
            return true;
        }
        String session = LoggedSession.current();
        result.whenComplete((body, failure) -> {
            try (LoggedSession ignored = LoggedSession.of(session)) {
                settle(exchange, body, failure);
                callback.done(false);
            }
        });
        return false;
    }

    private static void settle(Exchange exchange, Object body, Throwable failure) {
        if (failure != null) {
            exchange.setException(failure instanceof CompletionException && failure.getCause() != null
                    ? failure.getCause() : failure);
        } else {
            exchange.getMessage().setBody(body);
        }
    }
}
