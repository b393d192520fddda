package dev.handoff.api.http;

import java.io.IOException;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Gives what Spring refuses (unknown paths, methods, media types) and what handlers throw the shape of all problems. */
@ControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class SpringProblems {

    private final ProblemWriter writer;

    SpringProblems(ProblemWriter writer) {
        this.writer = writer;
    }

    @ExceptionHandler(Throwable.class)
    void answer(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        try (LoggedSession ignored = LoggedSession.of(request)) {
            writer.write(failure, request, response);
        }
    }
}
