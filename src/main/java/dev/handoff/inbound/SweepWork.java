package dev.handoff.inbound;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import dev.handoff.HandoffProperties;
import dev.handoff.inbound.SweepRepository.Sweep;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystem.Changed;
import dev.handoff.support.SupportSystem.Changes;
import dev.handoff.support.SupportSystems;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks each connection now and then what has changed, since a webhook may be lost. One node does so at a time. */
@Component
class SweepWork {

    private static final Logger LOG = LoggerFactory.getLogger(SweepWork.class);

    private final SupportSystems systems;
    private final SweepRepository sweeps;
    private final ReaderRepository readers;
    private final ReaderWork work;
    private final TransactionTemplate transaction;
    private final ExecutorService threads;
    private final Duration lease;
    /** What this node sweeps, by the connection's name. */
    private final Map<String, Sweep> working = new ConcurrentHashMap<>();
    private volatile boolean running;

    SweepWork(SupportSystems systems, SweepRepository sweeps, ReaderRepository readers, ReaderWork work,
            HandoffProperties properties, TransactionTemplate transaction, @Qualifier("lanes") ExecutorService threads) {
        this.systems = systems;
        this.sweeps = sweeps;
        this.readers = readers;
        this.work = work;
        this.transaction = transaction;
        this.threads = threads;
        this.lease = properties.lane().lease();
    }

    void running(boolean now) {
        running = now;
    }

    boolean idle() {
        return working.isEmpty();
    }

    /** Prolongs the leases of what this node sweeps: after a long silence a sweep may take longer than one. */
    void renew() {
        working.values().forEach(sweep -> sweeps.prolong(sweep, lease));
    }

    /** The first sweep is at the start: nobody knows what happened before. */
    void recover() {
        systems.all().stream().filter(system -> system.capabilities().sweep()).map(SupportSystem::name)
                .forEach(sweeps::due);
    }

    void poll() {
        List<String> due = sweeps.due();
        systems.all().stream().filter(system -> system.capabilities().sweep() && due.contains(system.name()))
                .filter(system -> !working.containsKey(system.name())).forEach(this::begin);
    }

    private void begin(SupportSystem system) {
        Optional<Sweep> claimed = transaction.execute(status -> sweeps.claim(system.name(), lease));
        if (running && claimed.isPresent()) {
            working.put(system.name(), claimed.get());
            try {
                threads.execute(() -> sweep(system, claimed.get()));
            } catch (RejectedExecutionException ending) {
                working.remove(system.name());
                LOG.debug("No sweep of {}: this process ends", system.name());
            }
        }
    }

    private void sweep(SupportSystem system, Sweep sweep) {
        try {
            String reached = reached(system, sweep);
            sweeps.release(sweep, reached, running ? system.custom().sweep() : Duration.ZERO);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("The database failed; {} is swept again when the lease has run down: {}", system.name(),
                    e.getMessage());
        } finally {
            working.remove(system.name());
        }
        work.begin();
    }

    /** Rings for what has changed; gives the position after it. */
    private String reached(SupportSystem system, Sweep sweep) {
        try {
            Changes changes = system.changedSince(sweep.position());
            for (Changed changed : changes.conversations()) {
                if (changed.version() == null) {
                    readers.ring(system.name(), changed.id());
                } else {
                    readers.ring(system.name(), changed.id(), changed.version());
                }
            }
            return changes.position();
        } catch (CallFailed e) {
            LOG.warn("{} on {} failed ({}), next try in {} s: {}", e.operation(), e.connection(), e.outcome(),
                    system.custom().sweep().toMillis() / 1000.0, e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Connection {} could not be swept", system.name(), e);
        }
        return sweep.position();
    }
}
