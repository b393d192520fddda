package dev.handoff.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.handoff.HandoffProperties;
import dev.handoff.session.Side;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings claimed lanes to work. A poll finds retries and what dead owners left behind; it claims only as many lanes
 * as there are permits, so that a slow destination takes nothing from the others.
 */
@Component
class LaneRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LaneRunner.class);
    private static final int RENEWALS_A_LEASE = 10;

    private final LaneRepository lanes;
    private final Gates gates;
    private final Worker worker;
    private final Node node;
    private final TransactionTemplate transaction;
    private final HandoffProperties.Lane settings;
    private final ExecutorService workers;
    private final AtomicBoolean pollWaits = new AtomicBoolean();
    private final ScheduledExecutorService clock;
    private volatile boolean running;
    private volatile boolean liveFirst;

    LaneRunner(LaneRepository lanes, Gates gates, Worker worker, Node node, TransactionTemplate transaction,
            HandoffProperties properties, @Qualifier("lanes") ExecutorService workers) {
        this.lanes = lanes;
        this.gates = gates;
        this.worker = worker;
        this.node = node;
        this.transaction = transaction;
        this.settings = properties.lane();
        this.workers = workers;
        CustomizableThreadFactory threads = new CustomizableThreadFactory("lanes-");
        threads.setDaemon(true);
        this.clock = Executors.newScheduledThreadPool(2, threads);
    }

    String owner() {
        return node.id();
    }

    Duration lease() {
        return settings.lease();
    }

    /** Works on a claimed lane that has entered its gate. */
    void start(Claim claim) {
        Gate gate = gates.to(claim.destination());
        try {
            workers.execute(() -> work(claim, gate));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            gate.leave(claim.live());
            LOG.warn("A lane could not be begun; it is tried again when its lease has run down: {}", noThread.toString());
        }
    }

    private void work(Claim claim, Gate gate) {
        try {
            worker.work(claim);
        } finally {
            gate.leave(claim.live());
            if (gate.keptOut()) {
                pollSoon();
            }
        }
    }

    private void pollSoon() {
        if (running && pollWaits.compareAndSet(false, true)) {
            clock.execute(this::poll);
        }
    }

    private void poll() {
        pollWaits.set(false);
        if (!running) {
            return;
        }
        try {
            // Where only one may try, neither those with history nor the live ones are always the first.
            liveFirst = !liveFirst;
            for (Destination destination : lanes.due(gates.destinations())) {
                Gate gate = gates.to(destination);
                claim(destination, gate, liveFirst);
                claim(destination, gate, !liveFirst);
            }
        } catch (RuntimeException e) {
            LOG.warn("Lanes that are due could not be looked for; tried again in {}: {}", settings.poll(),
                    e.getMessage());
        }
    }

    private void claim(Destination destination, Gate gate, boolean live) {
        int permits = 0;
        for (int free = gate.free(live); permits < free && gate.enter(live); permits++) {
            // take what is free
        }
        if (permits == 0) {
            return;
        }
        int limit = permits;
        List<Claim> claims = List.of();
        try {
            claims = transaction.execute(
                    status -> lanes.claimDue(destination, live, limit, node.id(), settings.lease()));
        } finally {
            for (int unused = claims.size(); unused < permits; unused++) {
                gate.leave(live);
            }
        }
        claims.forEach(this::start);
    }

    private void renew() {
        try {
            List<Run> runs = new ArrayList<>();
            worker.running().forEach(runs::add);
            if (runs.isEmpty()) {
                return;
            }
            long until = System.nanoTime() + settings.lease().toNanos();
            List<Run> locked = new ArrayList<>();
            int[] renewed = transaction.execute(status -> {
                locked.addAll(lanes.lock(runs));
                return lanes.renew(locked, settings.lease());
            });
            for (int i = 0; i < renewed.length; i++) {
                locked.get(i).renewed(renewed[i] == 0 ? System.nanoTime() : until);
            }
        } catch (RuntimeException e) {
            LOG.warn("Leases could not be renewed; lanes stop sending before they run down: {}", e.getMessage());
        }
    }

    @Override
    public void start() {
        running = true;
    }

    /** The routes are there now. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        // A bot may have stopped its lanes for an hour; a new start is a reason to ask it again.
        lanes.wake(Side.BOT);
        lanes.destinations().stream().filter(one -> gates.find(one).isEmpty()).forEach(one -> LOG.warn(
                "Lanes wait for the {}, which is not configured any more; they go on when it is again", one));
        long poll = settings.poll().toMillis();
        long renewal = settings.lease().toMillis() / RENEWALS_A_LEASE;
        clock.scheduleWithFixedDelay(this::poll, 0, poll, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::renew, renewal, renewal, TimeUnit.MILLISECONDS);
    }

    /** While the readings end as well: what hangs on both sides is waited for once. */
    @Override
    public void stop(Runnable ended) {
        Ending.aside("lanes-stop", this::stop, ended);
    }

    /** Lets calls that are under way end; everything else goes on elsewhere, or after the next start. */
    @Override
    public void stop() {
        running = false;
        // Without an interrupt: H2 closes its file under a thread that gets one.
        clock.shutdown();
        worker.stop();
        Ending.await(worker::idle);
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** First to stop: before the routes and the database. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
