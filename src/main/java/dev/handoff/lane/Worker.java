package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.handoff.HandoffProperties;
import dev.handoff.session.SessionRepository;
import dev.handoff.session.SessionRow;
import dev.handoff.session.SessionState.LastError;
import dev.handoff.session.Side;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;
import dev.handoff.support.SendGuard;

import io.github.resilience4j.core.IntervalFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Works on one claimed lane, and says what becomes of it when something goes wrong. */
@Component
class Worker {

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    /** When a system says "too much" but not for how long. */
    private static final Duration LIMITED = Duration.ofSeconds(10);
    private static final Duration CONVERSATION_LIMITED = Duration.ofMinutes(1);

    private final SessionRepository sessions;
    private final LaneRepository lanes;
    private final Gates gates;
    private final Map<Side, Carrier<?>> carriers;
    private final IntervalFunction backoff;
    private final ConcurrentHashMap<Long, Run> running = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Worker(SessionRepository sessions, LaneRepository lanes, Gates gates, List<Carrier<?>> carriers,
            HandoffProperties properties) {
        this.sessions = sessions;
        this.lanes = lanes;
        this.gates = gates;
        this.carriers = carriers.stream().collect(Collectors.toMap(Carrier::side, carrier -> carrier));
        this.backoff = IntervalFunction.ofExponentialRandomBackoff(properties.lane().firstRetry().toMillis(), 2, 0.5,
                properties.lane().longestRetry().toMillis());
    }

    /** The runs of this node. */
    Iterable<Run> running() {
        return running.values();
    }

    boolean idle() {
        return running.isEmpty();
    }

    /** Lets each run end after the call that it is at. */
    void stop() {
        stopping = true;
        running.values().forEach(Run::stop);
    }

    void work(Claim claim) {
        try {
            SessionRow session = sessions.find(claim.session()).orElseThrow();
            MDC.put("session", session.bot() + "/" + session.key());
            work(carriers.get(claim.destination().side()), claim, session);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The database failed; the lane goes on when its lease has run down: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Lane {} cannot be worked on; it is tried again when its lease has run down", claim.id(), e);
        } finally {
            MDC.remove("session");
        }
    }

    private <R extends Run> void work(Carrier<R> carrier, Claim claim, SessionRow session) {
        R run = carrier.begin(claim, session, gates.to(claim.destination()));
        running.put(claim.id(), run);
        if (stopping) {
            run.stop();
        }
        SendGuard guard = run::beforeRequest;
        try {
            guard.call(() -> {
                carrier.carry(run);
                run.answered();
                return null;
            });
        } catch (TokenLost e) {
            LOG.info("{}; this run ends", e.getMessage());
        } catch (Postponed e) {
            postpone(run, e.waits(), run.claim().attempts(), run.doubt(), null);
        } catch (CallFailed e) {
            run.gate().failed(e);
            retry(run, e);
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (Exception e) {
            LOG.error("A lane stopped for a fault of ours; it is tried again", e);
            retry(run, new CallFailed(Outcome.UNKNOWN, claim.destination().name(), null, null, null,
                    "a fault of the gateway: " + e.getClass().getSimpleName(), e));
        } finally {
            // Only this one: after a pause of the process the next run of the same lane may have begun.
            running.remove(claim.id(), run);
        }
    }

    private void retry(Run run, CallFailed failure) {
        run.failed(failure);
        int attempts = run.cursor() > run.claim().cursor() ? 1 : run.claim().attempts() + 1;
        Duration wait = Duration.ofMillis(backoff.apply(attempts));
        if (failure.outcome() == Outcome.LIMITED) {
            attempts = run.claim().attempts();
            wait = limited(run, failure);
        }
        Destination destination = run.claim().destination();
        LOG.warn("{} on {} failed ({}), next try in {} s: {}", failure.operation(), destination,
                failure.outcome(), wait.toMillis() / 1000.0, failure.getMessage());
        postpone(run, wait, attempts, run.doubt(failure), error(destination, failure, run.claim().clock().in(wait)));
    }

    static LastError error(Destination destination, CallFailed failure, Instant nextTry) {
        return new LastError(failure.operation(), destination.side() == Side.SUPPORT ? destination.name() : null,
                failure.httpStatus(), failure.getMessage(), nextTry);
    }

    private static Duration limited(Run run, CallFailed failure) {
        boolean wholeAccount = Integer.valueOf(429).equals(failure.httpStatus());
        Duration wait = failure.retryAfter() != null ? failure.retryAfter()
                : wholeAccount ? LIMITED : CONVERSATION_LIMITED;
        if (wholeAccount) {
            run.gate().pause(wait);
        }
        return wait;
    }

    private void postpone(Run run, Duration wait, int attempts, Instant doubt, LastError error) {
        lanes.postpone(run, run.claim().clock().in(wait), attempts, doubt, error);
    }
}
