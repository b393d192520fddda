package dev.handoff.api.http;

import java.io.IOException;

import org.springframework.boot.web.servlet.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Controller;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.RequestMapping;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Answers what ended outside of Spring's handlers: filters, {@code sendError}. */
@Controller
class ErrorPage implements ErrorController {

    private final ProblemWriter writer;

    ErrorPage(ProblemWriter writer) {
        this.writer = writer;
    }

    @RequestMapping("${server.error.path:/error}")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = (String) request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        Throwable failure = (Throwable) request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
        // Tomcat keeps the exception of a request that broke off too, but has judged it already.
        if (failure != null && status(request).is5xxServerError()) {
            writer.write(failure, request, response);
        } else {
            writer.write(new ErrorResponseException(status(request), ofStatus(status(request)), null), path, response);
        }
    }

    /** Who asks for {@code /error} itself gets what an unknown path gets. */
    private static HttpStatus status(HttpServletRequest request) {
        Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        HttpStatus status = code == null ? HttpStatus.NOT_FOUND : HttpStatus.resolve((Integer) code);
        return status == null ? HttpStatus.INTERNAL_SERVER_ERROR : status;
    }

    static ProblemDetail ofStatus(HttpStatus status) {
        ProblemType type = switch (status) {
            case BAD_REQUEST -> ProblemType.MALFORMED_REQUEST;
            case NOT_FOUND -> ProblemType.UNKNOWN_PATH;
            case METHOD_NOT_ALLOWED -> ProblemType.METHOD_NOT_ALLOWED;
            case PAYLOAD_TOO_LARGE -> ProblemType.BODY_TOO_LARGE;
            case SERVICE_UNAVAILABLE -> ProblemType.NOT_READY;
            default -> null;
        };
        ProblemDetail document = ProblemDetail.forStatus(status);
        if (type != null) {
            document.setType(type.uri());
            document.setTitle(type.title());
        }
        return document;
    }
}
