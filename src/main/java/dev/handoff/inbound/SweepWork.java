package dev.handoff.inbound;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

import dev.handoff.inbound.SweepRepository.Sweep;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystem.Changed;
import dev.handoff.support.SupportSystem.Changes;
import dev.handoff.support.SupportSystems;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Asks each connection now and then what has changed, since a webhook may be lost. One node does so at a time. */
@Component
class SweepWork {

    private static final Logger LOG = LoggerFactory.getLogger(SweepWork.class);
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final SupportSystems systems;
    private final SweepRepository sweeps;
    private final ReaderRepository readers;
    private final ReaderWork work;
    private final TransactionTemplate transaction;
    private final ExecutorService threads;
    private volatile boolean running;

    SweepWork(SupportSystems systems, SweepRepository sweeps, ReaderRepository readers, ReaderWork work,
            TransactionTemplate transaction, @Qualifier("lanes") ExecutorService threads) {
        this.systems = systems;
        this.sweeps = sweeps;
        this.readers = readers;
        this.work = work;
        this.transaction = transaction;
        this.threads = threads;
    }

    void running(boolean now) {
        running = now;
    }

    /** The first sweep is at the start: nobody knows what happened before. */
    void recover() {
        systems.all().stream().filter(system -> system.capabilities().sweep()).map(SupportSystem::name)
                .forEach(sweeps::due);
    }

    void poll() {
        List<String> due = sweeps.due();
        systems.all().stream().filter(system -> system.capabilities().sweep() && due.contains(system.name()))
                .forEach(this::begin);
    }

    private void begin(SupportSystem system) {
        Optional<Sweep> claimed = transaction.execute(status -> sweeps.claim(system.name(), LEASE));
        if (running && claimed.isPresent()) {
            try {
                threads.execute(() -> sweep(system, claimed.get()));
            } catch (RejectedExecutionException ending) {
                LOG.debug("No sweep of {}: this process ends", system.name());
            }
        }
    }

    private void sweep(SupportSystem system, Sweep sweep) {
        String reached = sweep.position();
        try {
            Changes changes = system.changedSince(sweep.position());
            for (Changed changed : changes.conversations()) {
                if (changed.version() == null) {
                    readers.ring(system.name(), changed.id());
                } else {
                    readers.ring(system.name(), changed.id(), changed.version());
                }
            }
            reached = changes.position();
        } catch (CallFailed e) {
            LOG.warn("{} on {} failed ({}), next try in {} s: {}", e.operation(), e.connection(), e.outcome(),
                    system.custom().sweep().toMillis() / 1000.0, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Connection {} could not be swept", system.name(), e);
        }
        if (running) {
            sweeps.release(sweep, reached, system.custom().sweep());
            work.begin();
        }
    }
}
