package dev.handoff.api.http;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;

import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;

import com.fasterxml.jackson.databind.ObjectMapper;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Writes problem documents, the same for every path and whatever the client says it accepts. */
class ProblemWriter {

    private final Problems problems;
    private final ObjectMapper json;

    ProblemWriter(Problems problems, ObjectMapper json) {
        this.problems = problems;
        this.json = json;
    }

    void write(Throwable failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
        write(problems.of(failure, request), request.getRequestURI(), response);
    }

    /** @param path becomes the document's {@code instance} */
    void write(ErrorResponse problem, String path, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        ProblemDetail document = problem.getBody();
        document.setInstance(instance(path));
        byte[] body = json.writeValueAsBytes(document);
        response.resetBuffer();
        response.setStatus(document.getStatus());
        problem.getHeaders().forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** A path that is no URI (a client may send any bytes) is left out. */
    private static URI instance(String path) {
        try {
            return path == null ? null : new URI(path);
        } catch (URISyntaxException notAUri) {
            return null;
        }
    }
}
