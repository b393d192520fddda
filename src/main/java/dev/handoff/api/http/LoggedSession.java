package dev.handoff.api.http;

import java.util.Map;
import java.util.regex.Pattern;

import org.slf4j.MDC;
import org.springframework.web.servlet.HandlerMapping;

import jakarta.servlet.http.HttpServletRequest;

/** While open, every log line of this thread carries the session that a request is about, as {@code bot/session}. */
final class LoggedSession implements AutoCloseable {

    static final String KEY = "session";
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]");

    private final String before;

    private LoggedSession(String session) {
        this.before = MDC.get(KEY);
        set(session);
    }

    static LoggedSession of(HttpServletRequest request) {
        Object variables = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (variables instanceof Map<?, ?> parts && parts.get("bot") != null && parts.get("session") != null) {
            return new LoggedSession(printable(parts.get("bot") + "/" + parts.get("session")));
        }
        return new LoggedSession(MDC.get(KEY));
    }

    /** The session that the current thread logs, to be carried to another thread. */
    static String current() {
        return MDC.get(KEY);
    }

    static LoggedSession of(String session) {
        return new LoggedSession(session);
    }

    /** A client's text in a form that cannot forge a log line. */
    static String printable(String text) {
        return text == null ? "" : UNPRINTABLE.matcher(text).replaceAll("?");
    }

    @Override
    public void close() {
        set(before);
    }

    private static void set(String session) {
        if (session == null) {
            MDC.remove(KEY);
        } else {
            MDC.put(KEY, session);
        }
    }
}
