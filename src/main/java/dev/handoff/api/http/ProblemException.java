package dev.handoff.api.http;

import java.time.Duration;
import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/** Ends a call with an RFC 9457 problem document. */
public class ProblemException extends ErrorResponseException {

    /**
     * What is wrong with one field.
     *
     * @param field   JSON pointer into the body (RFC 6901), or the name of a query or path parameter
     * @param message how to mend it; never the value that was sent
     */
    public record FieldError(String field, String message) {
    }

    public ProblemException(ProblemType type, String detail) {
        this(type, detail, List.of(), null);
    }

    public ProblemException(ProblemType type, String detail, Throwable cause) {
        this(type, detail, List.of(), cause);
    }

    public ProblemException(ProblemType type, String detail, List<FieldError> errors) {
        this(type, detail, errors, null);
    }

    private ProblemException(ProblemType type, String detail, List<FieldError> errors, Throwable cause) {
        super(type.status(), document(type, detail, errors), cause);
    }

    private static ProblemDetail document(ProblemType type, String detail, List<FieldError> errors) {
        ProblemDetail document = ProblemDetail.forStatusAndDetail(type.status(), detail);
        document.setType(type.uri());
        document.setTitle(type.title());
        if (!errors.isEmpty()) {
            document.setProperty("errors", errors);
        }
        return document;
    }

    public ProblemException retryAfter(Duration pause) {
        return header(HttpHeaders.RETRY_AFTER, Long.toString(Math.max(1, pause.toSeconds())));
    }

    public ProblemException header(String name, String value) {
        getHeaders().set(name, value);
        return this;
    }

    /** An additional member of the document. */
    ProblemException with(String member, Object value) {
        getBody().setProperty(member, value);
        return this;
    }
}
