package dev.handoff.api;

import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.springframework.web.servlet.HandlerMapping;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemException.FieldError;
import dev.handoff.api.http.ProblemType;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The parts of a call's URL. They are taken from the request and not from the exchange's headers, which a client can
 * fill with headers and query parameters of the same names.
 */
record Call(HttpServletRequest request) {

    static final int LARGEST_PAGE = 1000;
    private static final int LONGEST_ID = 255;
    private static final String SESSION = "session";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    static Call of(Exchange exchange) {
        return new Call(exchange.getMessage().getHeader(Exchange.HTTP_SERVLET_REQUEST, HttpServletRequest.class));
    }

    String bot() {
        return path("bot");
    }

    /** @throws ProblemException if it cannot be a session's key */
    String session() {
        String session = path(SESSION);
        if (session.isEmpty() || session.codePointCount(0, session.length()) > LONGEST_ID) {
            throw wrong(SESSION, "must have 1 to " + LONGEST_ID + " characters");
        }
        return session;
    }

    /** A part of the path, decoded. */
    String path(String name) {
        Map<?, ?> parts = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        return (String) parts.get(name);
    }

    /** The id of the last item seen; null from the beginning. */
    String after() {
        return request.getParameter("after");
    }

    /** The number of the last item seen; 0 from the beginning. */
    long afterNumber() {
        return number("after", 0, 0, Long.MAX_VALUE);
    }

    /** The last seq that a client of events has: it says so in this header when it comes back. */
    long lastEventId() {
        String id = request.getHeader(LAST_EVENT_ID);
        return id == null || id.isEmpty() ? afterNumber() : number(LAST_EVENT_ID, id, 0, Long.MAX_VALUE);
    }

    int limit() {
        return (int) number("limit", LARGEST_PAGE, 1, LARGEST_PAGE);
    }

    private long number(String name, long otherwise, long least, long most) {
        String text = request.getParameter(name);
        return text == null ? otherwise : number(name, text, least, most);
    }

    private static long number(String name, String text, long least, long most) {
        String expected = most == Long.MAX_VALUE ? "must be a whole number, " + least + " or more"
                : "must be a whole number from " + least + " to " + most;
        try {
            long number = Long.parseLong(text);
            if (number < least || number > most) {
                throw wrong(name, expected);
            }
            return number;
        } catch (NumberFormatException notANumber) {
            throw wrong(name, expected);
        }
    }

    private static ProblemException wrong(String name, String message) {
        return new ProblemException(ProblemType.INVALID_PARAMETER, "Mend '" + name + "'" + (name.equals(LAST_EVENT_ID) ? "." : " in the URL."),
                List.of(new FieldError(name, message)));
    }
}
