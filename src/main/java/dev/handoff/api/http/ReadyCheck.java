package dev.handoff.api.http;

import java.time.Duration;
import java.util.function.Supplier;

import org.apache.camel.CamelContext;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.servlet.HandlerInterceptor;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** The port opens before the routes are there: until then a call is told to come again, not that its path is unknown. */
class ReadyCheck implements HandlerInterceptor {

    private static final Duration SOON = Duration.ofSeconds(1);

    private final Supplier<CamelContext> camel;

    /** @param camel looked up at the first request, since Camel needs what this is a part of */
    ReadyCheck(ObjectProvider<CamelContext> camel) {
        this.camel = SingletonSupplier.of(camel::getObject);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!camel.get().getStatus().isStarted()) {
            throw new ProblemException(ProblemType.NOT_READY, "It is starting or stopping. Send the same again.")
                    .retryAfter(SOON);
        }
        return true;
    }
}
