package dev.handoff.api.http;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.springboot.PlatformHttpMessage;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.servlet.HandlerMapping;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Runs a request's exchange on the thread that read the request. Camel's own consumer keeps a thread until the
 * exchange is done; here a step that waits ({@link AsyncStep}) lets the thread go, and the answer is written when the
 * exchange is done. What fails becomes a problem document.
 */
class HttpConsumer extends SpringBootPlatformHttpConsumer {

    private static final Logger LOG = LoggerFactory.getLogger(HttpConsumer.class);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final RequestBody bodies;
    private final ProblemWriter problems;
    private final HttpMessageBinding binding;

    HttpConsumer(PlatformHttpEndpoint endpoint, Processor processor, RequestBody bodies, ProblemWriter problems) {
        super(endpoint, processor, Runnable::run);
        this.bodies = bodies;
        this.problems = problems;
        this.binding = new HttpMessageBinding(endpoint);
    }

    /** Gives null: the answer is written here, at once or later, and nothing is left for Spring to write. */
    @Override
    public CompletableFuture<Void> service(HttpServletRequest request, HttpServletResponse response) {
        if (!isRunAllowed() || isSuspended()) {
            throw new ProblemException(ProblemType.NOT_READY, "Send the same again in a moment.").retryAfter(SOON);
        }
        byte[] body = bodies.read(request);
        try (LoggedSession ignored = LoggedSession.of(request)) {
            Exchange exchange = exchange(request, response, body);
            CompletableFuture<Void> done = new CompletableFuture<>();
            getAsyncProcessor().process(exchange, doneHere -> done.complete(null));
            if (done.isDone()) {
                answer(exchange, request, response);
            } else {
                new LateAnswer(request, response, problems).when(done,
                        () -> answer(exchange, request, response), () -> release(exchange));
            }
        }
        return null;
    }

    private Exchange exchange(HttpServletRequest request, HttpServletResponse response, byte[] body) {
        Exchange exchange = createExchange(true);
        exchange.setPattern(ExchangePattern.InOut);
        PlatformHttpMessage message = new PlatformHttpMessage(request, response, exchange, binding, false);
        exchange.setIn(message);
        message.init(exchange, binding, request, response);
        message.setBody(body.length == 0 ? null : body);
        // Camel takes them undecoded, and lets headers and query parameters of these names in beside them.
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> parts) {
            parts.forEach((name, value) -> message.setHeader((String) name, value));
        }
        try {
            createUoW(exchange);
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
        return exchange;
    }

    private void answer(Exchange exchange, HttpServletRequest request, HttpServletResponse response) {
        try {
            if (exchange.getException() != null) {
                problems.write(exchange.getException(), request, response);
            } else {
                binding.writeResponse(exchange, response);
            }
        } catch (IOException lost) {
            LOG.debug("Connection lost while the answer was written", lost);
        } finally {
            release(exchange);
        }
    }

    private void release(Exchange exchange) {
        doneUoW(exchange);
        releaseExchange(exchange, false);
    }
}
