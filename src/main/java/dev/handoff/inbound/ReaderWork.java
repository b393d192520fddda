package dev.handoff.inbound;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import dev.handoff.HandoffProperties;
import dev.handoff.inbound.Reading.Superseded;
import dev.handoff.lane.Node;
import dev.handoff.session.SessionRepository;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;

import io.github.resilience4j.core.IntervalFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Brings readers that are due to work, so many a connection at once that a slow one takes nothing from the others. */
@Component
class ReaderWork {

    private static final Logger LOG = LoggerFactory.getLogger(ReaderWork.class);
    private static final int AT_ONCE = 16;

    private final SupportSystems systems;
    private final ReaderRepository readers;
    private final Reading reading;
    private final SessionRepository sessions;
    private final Node node;
    private final TransactionTemplate transaction;
    private final ExecutorService threads;
    private final IntervalFunction backoff;
    private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();
    private final Set<Reader> working = ConcurrentHashMap.newKeySet();
    private final Duration lease;
    private volatile boolean running;

    ReaderWork(SupportSystems systems, ReaderRepository readers, Reading reading, SessionRepository sessions, Node node,
            HandoffProperties properties, TransactionTemplate transaction,
            @Qualifier("lanes") ExecutorService threads) {
        this.systems = systems;
        this.readers = readers;
        this.reading = reading;
        this.sessions = sessions;
        this.node = node;
        this.transaction = transaction;
        this.threads = threads;
        this.lease = properties.lane().lease();
        this.backoff = IntervalFunction.ofExponentialRandomBackoff(properties.lane().firstRetry().toMillis(), 2, 0.5,
                properties.lane().longestRetry().toMillis());
    }

    void running(boolean now) {
        running = now;
    }

    boolean idle() {
        return working.isEmpty();
    }

    /** Goes on where processes that have ended left off. */
    void recover() {
        if (node.outlived()) {
            readers.voidLeases(node.predecessor());
        }
    }

    /** Prolongs the leases of what this node reads: a reading may take longer than one. */
    void renew() {
        working.forEach(reader -> readers.prolong(reader, reader.in(lease)));
    }

    /** Claims what is due, as far as there are permits. */
    void begin() {
        if (running) {
            // What is left of a connection that is not configured any more is read when it is again.
            List<String> due = readers.dueConnections();
            systems.all().stream().map(SupportSystem::name).filter(due::contains).forEach(this::begin);
        }
    }

    private void begin(String connection) {
        Semaphore free = permits.computeIfAbsent(connection, name -> new Semaphore(AT_ONCE));
        int taken = free.drainPermits();
        if (taken == 0) {
            return;
        }
        List<Reader> claimed = List.of();
        try {
            claimed = transaction.execute(status -> readers.claimDue(connection, taken, node.id(), lease));
        } finally {
            free.release(taken - claimed.size());
        }
        claimed.forEach(reader -> start(reader, free));
    }

    private void start(Reader reader, Semaphore permit) {
        working.add(reader);
        try {
            threads.execute(() -> {
                try {
                    work(reader);
                } finally {
                    working.remove(reader);
                    permit.release();
                }
            });
        } catch (RejectedExecutionException ending) {
            working.remove(reader);
            permit.release();
        }
    }

    private void work(Reader claimed) {
        Reader reader = claimed;
        try {
            sessions.find(reader.session()).ifPresent(s -> MDC.put("session", s.bot() + "/" + s.key()));
            while (reader != null) {
                if (!running) {
                    readers.postpone(reader, reader.in(Duration.ZERO), reader.attempts());
                    return;
                }
                reader = reading.once(reader);
            }
        } catch (ComeBack e) {
            readers.postpone(reader, reader.in(e.waits()), 0);
        } catch (CallFailed e) {
            retry(reader, e);
        } catch (Superseded e) {
            LOG.info("{}; this reading ends", e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The database failed; conversation {} of {} is read again: {}", reader.conversation(),
                    reader.connection(), e.getMessage());
            readAgain(reader);
        } catch (RuntimeException e) {
            LOG.error("Conversation {} of {} could not be read; it is tried again when its lease has run down",
                    reader.conversation(), reader.connection(), e);
        } finally {
            MDC.remove("session");
        }
    }

    /** Soon, or when the lease has run down if the database still fails. */
    private void readAgain(Reader reader) {
        int attempts = reader.attempts() + 1;
        try {
            readers.postpone(reader, reader.in(Duration.ofMillis(backoff.apply(attempts))), attempts);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("The database still fails: {}", e.getMessage());
        }
    }

    private void retry(Reader reader, CallFailed failure) {
        int attempts = reader.attempts() + 1;
        Duration wait = failure.retryAfter() != null ? failure.retryAfter()
                : Duration.ofMillis(backoff.apply(attempts));
        LOG.warn("{} on {} failed ({}), next try in {} s: {}", failure.operation(), failure.connection(),
                failure.outcome(), wait.toMillis() / 1000.0, failure.getMessage());
        readers.postpone(reader, reader.in(wait), attempts);
    }
}
