package dev.handoff.api.http;

import java.net.URI;
import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The kinds of problem documents. {@code /docs/problems.html} has a paragraph about each; its address there is the
 * document's {@code type}.
 */
public enum ProblemType {

    MALFORMED_REQUEST(HttpStatus.BAD_REQUEST, "The request cannot be read"),
    MALFORMED_JSON(HttpStatus.BAD_REQUEST, "The body is not valid JSON"),
    INVALID_BODY(HttpStatus.BAD_REQUEST, "The body does not fit the contract"),
    INVALID_PARAMETER(HttpStatus.BAD_REQUEST, "A part of the URL does not fit the contract"),
    KEY_NEEDED(HttpStatus.UNAUTHORIZED, "A valid key is needed"),
    WEBHOOK_REFUSED(HttpStatus.UNAUTHORIZED, "The webhook cannot be believed"),
    OTHER_KEY_NEEDED(HttpStatus.FORBIDDEN, "This key is of the wrong sort"),
    UNKNOWN_PATH(HttpStatus.NOT_FOUND, "Nothing is served here"),
    UNKNOWN_BOT(HttpStatus.NOT_FOUND, "No such bot for this key"),
    UNKNOWN_SESSION(HttpStatus.NOT_FOUND, "No such session"),
    UNKNOWN_CONNECTION(HttpStatus.NOT_FOUND, "No such connection"),
    UNKNOWN_ENTRY(HttpStatus.NOT_FOUND, "No such undelivered entry"),
    METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This path does not take the method"),
    ID_TAKEN(HttpStatus.CONFLICT, "The id is taken by another content"),
    OWNED_BY_FILE(HttpStatus.CONFLICT, "The configuration file owns this"),
    UNKNOWN_TEAM(HttpStatus.UNPROCESSABLE_ENTITY, "No such team"),
    BODY_TOO_LARGE(HttpStatus.PAYLOAD_TOO_LARGE, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The body is of the wrong media type"),
    INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here"),
    NOT_DONE_YET(HttpStatus.NOT_IMPLEMENTED, "Handoff does not do this yet"),
    SUPPORT_SYSTEM_FAILED(HttpStatus.BAD_GATEWAY, "The support system did not do it"),
    TEAMS_UNKNOWN(HttpStatus.SERVICE_UNAVAILABLE, "The support system's teams cannot be read now"),
    SUPPORT_SYSTEM_BUSY(HttpStatus.SERVICE_UNAVAILABLE, "The support system takes no more calls now"),
    DATABASE_UNREACHABLE(HttpStatus.SERVICE_UNAVAILABLE, "The database cannot be reached"),
    NOT_READY(HttpStatus.SERVICE_UNAVAILABLE, "Handoff is not ready");

    private final HttpStatus status;
    private final String title;

    ProblemType(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    public HttpStatus status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The anchor on the page of problems. */
    public String anchor() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public URI uri() {
        return URI.create("/docs/problems.html#" + anchor());
    }
}
