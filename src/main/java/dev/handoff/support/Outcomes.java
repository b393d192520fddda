package dev.handoff.support;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Predicate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.routes.RetryAfter;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.GuardedSending.Sent;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.codehaus.groovy.control.CompilationFailedException;

/**
 * What a failed call means: the system's own rules first, then one table for all systems, which
 * {@code routes/support/README.md} shows. The words are for a person; they never hold what was sent or answered.
 */
class Outcomes {

    /** Operations on a conversation that exists: 404 means that it does not any more. */
    private static final Set<String> OF_CONVERSATION = Set.of("post", "find", "transfer", "state", "close",
            "reopen", "events-since");

    /** Operations that would make the same a second time. */
    private static final Set<String> MAKING = Set.of("create-conversation", "post");

    private final Connection connection;
    private final String title;

    Outcomes(Connection connection) {
        this.connection = connection;
        this.title = connection.system().title();
    }

    /** @param sent what had left before the failure */
    CallFailed of(String operation, Throwable failure, Sent sent) {
        CallFailed failed = of(operation, failure, sent.writes);
        return sent.done && MAKING.contains(operation) ? failed.begun() : failed;
    }

    private CallFailed of(String operation, Throwable failure, boolean wrote) {
        for (Throwable e = failure; e != null; e = e.getCause()) {
            CallFailed known = known(operation, e, wrote);
            if (known != null) {
                return known.outcome() == Outcome.NOT_SENT && wrote ? known.afterAnother() : known;
            }
        }
        return failed(wrote ? Outcome.UNKNOWN : Outcome.MISCONFIGURED, operation, null, null,
                "The route " + connection.system().name() + "-" + operation + " failed: " + reason(failure));
    }

    CallFailed failed(Outcome outcome, String operation, Integer status, Duration retryAfter, String message) {
        return new CallFailed(outcome, connection.name(), operation, status, retryAfter, message, null);
    }

    private CallFailed known(String operation, Throwable e, boolean wrote) {
        if (e instanceof RouteFailure said) {
            return failed(said.outcome(), operation, null, null, said.getMessage());
        }
        if (e instanceof HttpOperationFailedException http) {
            return answered(operation, http);
        }
        if (e instanceof JsonProcessingException && operation.equals("receive")) {
            return failed(Outcome.REJECTED, operation, null, null, "What came is not JSON.");
        }
        if (e instanceof JsonProcessingException) {
            return failed(wrote ? Outcome.UNKNOWN : Outcome.MISCONFIGURED, operation, null, null,
                    address() + ": the answer is not JSON; the address leads elsewhere, or something stands before "
                            + title + ".");
        }
        if (e instanceof SendGuard.SendForbidden) {
            return failed(Outcome.NOT_SENT, operation, null, null, e.getMessage());
        }
        if (e instanceof DirectConsumerNotAvailableException || e instanceof RejectedExecutionException) {
            boolean named = e instanceof DirectConsumerNotAvailableException && e.getMessage() != null
                    && e.getMessage().contains("direct:");
            return failed(Outcome.NOT_SENT, operation, null, null, (named
                    ? "The route " + e.getMessage().replaceAll(".*(direct:)/*([\\w-]+).*", "$1$2")
                    : "A route of " + connection.system().name())
                    + " is not there; its name is misspelt, or it is loading anew.");
        }
        if (e instanceof SSLHandshakeException || e instanceof SSLPeerUnverifiedException
                || isPlainAnswerToTls(e)) {
            return failed(Outcome.MISCONFIGURED, operation, null, null, address()
                    + ": no trusted TLS connection; check http or https, the host's name, and its certificate.");
        }
        return disconnected(operation, e);
    }

    private CallFailed disconnected(String operation, Throwable e) {
        CallFailed failed = unanswered(operation, e);
        return failed == null ? null : failed.silence();
    }

    private CallFailed unanswered(String operation, Throwable e) {
        if (e instanceof UnknownHostException) {
            return failed(Outcome.NOT_SENT, operation, null, null, address() + ": this host is not known.");
        }
        if (e instanceof ConnectTimeoutException || e instanceof ConnectException
                || e instanceof NoRouteToHostException) {
            return failed(Outcome.NOT_SENT, operation, null, null, title + " cannot be reached at " + address() + ".");
        }
        if (e instanceof ConnectionRequestTimeoutException) {
            return failed(Outcome.NOT_SENT, operation, null, null, "No HTTP connection was free; "
                    + "handoff.connections." + connection.name() + ".concurrency may be too high for " + title + ".");
        }
        if (e instanceof SocketTimeoutException) {
            return failed(Outcome.UNKNOWN, operation, null, null, title + " did not answer within "
                    + connection.timeout().toMillis() + " ms (handoff.connections." + connection.name()
                    + ".timeout).");
        }
        if (e instanceof IOException) {
            return failed(Outcome.UNKNOWN, operation, null, null, "The connection to " + title
                    + " broke before the answer (" + e.getClass().getSimpleName() + ").");
        }
        return null;
    }

    private CallFailed answered(String operation, HttpOperationFailedException http) {
        int status = http.getStatusCode();
        Duration told = RetryAfter.of(header(http, "Retry-After"));
        Duration retryAfter = told != null || status != 429 ? told
                : RetryAfter.untilReset(header(http, "X-RateLimit-Reset"));
        if (isPage(http) && Set.of(404, 405).contains(status) || status / 100 == 3) {
            return failed(Outcome.MISCONFIGURED, operation, status, null, address() + ": leads to "
                    + (status / 100 == 3 ? "a redirect" : "a web page") + " (" + status + "), not to " + title
                    + "'s API.");
        }
        for (OutcomeRule rule : connection.system().outcomes()) {
            if (rule.fits(operation, status, http.getResponseBody())) {
                return failed(rule.means(), operation, status, retryAfter != null ? retryAfter : rule.retryAfter(),
                        rule.words() != null ? rule.words() : words(rule.means(), status));
            }
        }
        Outcome outcome = table(operation, status);
        return failed(outcome, operation, status, retryAfter, words(outcome, status));
    }

    private static Outcome table(String operation, int status) {
        if (status == 429) {
            return Outcome.LIMITED;
        }
        if (status == 401 || status == 403 || status == 407) {
            return Outcome.MISCONFIGURED;
        }
        if (status == 404 && OF_CONVERSATION.contains(operation)) {
            return Outcome.GONE;
        }
        return status >= 500 || status == 408 ? Outcome.UNKNOWN : Outcome.REJECTED;
    }

    private String words(Outcome outcome, int status) {
        return switch (outcome) {
            case LIMITED -> title + " takes no more calls for now (" + status + ").";
            case MISCONFIGURED -> credentials() + ": " + title + " refuses us (" + status + ").";
            case GONE -> "The conversation does not exist any more in " + title + " (" + status + ").";
            case UNKNOWN -> title + " failed (" + status + "); whether it was done is not known.";
            case NOT_SENT -> title + " is not ready (" + status + ").";
            case REJECTED -> title + " refuses it (" + status + ").";
        };
    }

    /** The settings that are addresses. */
    private String address() {
        return named(property -> property.path("format").asText().equals("uri"), "address");
    }

    /** The secrets that a connection cannot do without. */
    private String credentials() {
        List<String> required = new ArrayList<>();
        connection.system().settings().path("required").forEach(name -> required.add(name.textValue()));
        return named(property -> property.path("writeOnly").asBoolean(), "credentials", required);
    }

    private String named(Predicate<JsonNode> which, String otherwise) {
        return named(which, otherwise, null);
    }

    private String named(Predicate<JsonNode> which, String otherwise, List<String> among) {
        List<String> names = new ArrayList<>();
        for (Map.Entry<String, JsonNode> property : connection.system().settings().path("properties").properties()) {
            if (which.test(property.getValue()) && (among == null || among.contains(property.getKey()))) {
                names.add("settings." + property.getKey());
            }
        }
        return names.isEmpty() ? "The " + otherwise : String.join(", ", names);
    }

    private static boolean isPage(HttpOperationFailedException http) {
        String type = header(http, "Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).contains("text/html");
    }

    /** {@code SSLException: Unsupported or unrecognized SSL message}: https to a port that speaks http. */
    private static boolean isPlainAnswerToTls(Throwable e) {
        return e instanceof SSLException && String.valueOf(e.getMessage()).contains("SSL message");
    }

    private static String header(HttpOperationFailedException http, String name) {
        return http.getResponseHeaders() == null ? null : http.getResponseHeaders().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name)).map(Map.Entry::getValue)
                .findFirst().orElse(null);
    }

    /** Only messages that are known to hold no values: those of Groovy may quote the arguments, and so users' texts. */
    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof CompilationFailedException) {
            return "a script of it cannot be compiled: " + cause.getMessage().replaceAll("\\s+", " ");
        }
        boolean harmless = cause instanceof groovy.lang.MissingPropertyException
                || cause instanceof NullPointerException && cause.getMessage() != null;
        return cause.getClass().getSimpleName() + (harmless ? ": " + cause.getMessage() : "");
    }
}
