package dev.handoff.api.http;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;

import dev.handoff.FieldsRefused;
import dev.handoff.OwnedByFile;
import dev.handoff.api.http.ProblemException.FieldError;
import dev.handoff.session.KeyConflict;
import dev.handoff.support.CallFailed;

import jakarta.servlet.http.HttpServletRequest;

/** Says of any failure what the client is told. */
class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    /** The first two characters of a SQL state: connection exception, operator intervention. */
    private static final Set<String> LOST_CONNECTION = Set.of("08", "57");
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration WHEN_LIMITED = Duration.ofSeconds(10);

    /** The problem of a failure; one that nobody foresaw is logged under an incident id. */
    ErrorResponse of(Throwable failure, HttpServletRequest request) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            ErrorResponse known = known(cause);
            if (known != null) {
                return known;
            }
        }
        return incident(failure, request);
    }

    private static ErrorResponse known(Throwable failure) {
        if (failure instanceof ProblemException problem) {
            return problem;
        }
        if (failure instanceof KeyConflict conflict) {
            return new ProblemException(ProblemType.ID_TAKEN, conflict.getMessage());
        }
        if (failure instanceof OwnedByFile owned) {
            return new ProblemException(ProblemType.OWNED_BY_FILE, owned.getMessage());
        }
        if (failure instanceof FieldsRefused refused) {
            return new ProblemException(ProblemType.INVALID_BODY, "Mend the fields under errors, and send it again.",
                    refused.faults().stream().map(fault -> new FieldError(fault.path(), fault.message())).toList());
        }
        if (failure instanceof CallFailed call) {
            return supportSystem(call);
        }
        if (databaseUnreachable(failure)) {
            return new ProblemException(ProblemType.DATABASE_UNREACHABLE,
                    "Whether the call was taken is not known. Send the same again, with the same id, in a moment.",
                    failure).retryAfter(SOON);
        }
        return failure instanceof ErrorResponse response ? inOurWords(response) : null;
    }

    private static ProblemException supportSystem(CallFailed call) {
        String detail = "Connection '" + call.connection() + "', " + call.operation() + ": " + call.getMessage();
        if (call.outcome() == CallFailed.Outcome.LIMITED) {
            return new ProblemException(ProblemType.SUPPORT_SYSTEM_BUSY, detail)
                    .retryAfter(call.retryAfter() == null ? WHEN_LIMITED : call.retryAfter());
        }
        return new ProblemException(ProblemType.SUPPORT_SYSTEM_FAILED, detail);
    }

    private static boolean databaseUnreachable(Throwable failure) {
        return failure instanceof DataAccessResourceFailureException
                || failure instanceof TransientDataAccessException
                || failure instanceof RecoverableDataAccessException
                || failure instanceof CannotCreateTransactionException
                || failure instanceof SQLTransientException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || failure instanceof SQLException sql && sql.getSQLState() != null && sql.getSQLState().length() == 5
                        && LOST_CONNECTION.contains(sql.getSQLState().substring(0, 2));
    }

    /** Spring's own refusals keep their status and headers, and get our type and words. */
    private static ErrorResponse inOurWords(ErrorResponse response) {
        if (response instanceof NoResourceFoundException || response instanceof NoHandlerFoundException) {
            return unknownPath();
        }
        ProblemException ours;
        if (response instanceof HttpRequestMethodNotSupportedException method) {
            ours = new ProblemException(ProblemType.METHOD_NOT_ALLOWED, method.getMethod()
                    + " is not offered at this path; " + String.join(", ", method.getSupportedMethods()) + " is.");
        } else if (response instanceof HttpMediaTypeNotSupportedException) {
            ours = new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send one of the media types in the header Accept.");
        } else {
            return response;
        }
        ours.getHeaders().addAll(response.getHeaders());
        return ours;
    }

    static ProblemException unknownPath() {
        return new ProblemException(ProblemType.UNKNOWN_PATH,
                "The calls are listed in /openapi.yaml and at /docs. Paths have no slash at the end.");
    }

    private static ErrorResponse incident(Throwable failure, HttpServletRequest request) {
        String incident = UUID.randomUUID().toString();
        if (DisconnectedClientHelper.isClientDisconnectedException(failure)) {
            LOG.debug("Connection lost at {} {}", request.getMethod(), LoggedSession.printable(request.getRequestURI()));
        } else {
            LOG.error("Incident {} at {} {}", incident, request.getMethod(),
                    LoggedSession.printable(request.getRequestURI()), failure);
        }
        return new ProblemException(ProblemType.INTERNAL, "The log of Handoff has the cause under incident " + incident
                + ". Whether the call was taken is not known: send the same again, with the same id.")
                .with("incident", incident);
    }
}
