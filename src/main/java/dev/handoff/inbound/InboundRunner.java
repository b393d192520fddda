package dev.handoff.inbound;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import dev.handoff.HandoffProperties;
import dev.handoff.lane.Ending;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;

/** Begins and ends what works on webhooks and reads conversations; a poll finds what nobody has begun. */
@Component
class InboundRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(InboundRunner.class);
    private static final int RENEWALS_A_LEASE = 10;

    private final DeliveryWork deliveries;
    private final ReaderWork readers;
    private final SweepWork sweeps;
    private final Duration poll;
    private final Duration lease;
    private final ScheduledExecutorService clock;
    private volatile boolean running;

    InboundRunner(DeliveryWork deliveries, ReaderWork readers, SweepWork sweeps, HandoffProperties properties) {
        this.deliveries = deliveries;
        this.readers = readers;
        this.sweeps = sweeps;
        this.poll = properties.lane().poll();
        this.lease = properties.lane().lease();
        CustomizableThreadFactory threads = new CustomizableThreadFactory("inbound-");
        threads.setDaemon(true);
        this.clock = Executors.newScheduledThreadPool(2, threads);
    }

    @Override
    public void start() {
        running = true;
    }

    /** The routes are there now. After the lanes, whose recovery comes first. */
    @EventListener(ApplicationReadyEvent.class)
    @Order
    void begin() {
        // Before this process claims anything itself.
        readers.recover();
        sweeps.recover();
        run(true);
        long renewal = lease.toMillis() / RENEWALS_A_LEASE;
        clock.scheduleWithFixedDelay(this::renew, renewal, renewal, TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::poll, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
        clock.scheduleWithFixedDelay(this::forgetOld, 1, 60, TimeUnit.MINUTES);
    }

    private void poll() {
        try {
            deliveries.poll();
            readers.begin();
            sweeps.poll();
        } catch (RuntimeException e) {
            LOG.warn("What has come in could not be looked for; tried again in {}: {}", poll, e.getMessage());
        }
    }

    private void renew() {
        try {
            readers.renew();
            sweeps.renew();
        } catch (RuntimeException e) {
            LOG.warn("Leases of readers and sweeps could not be renewed; others may begin with the same: {}", e.getMessage());
        }
    }

    private void forgetOld() {
        try {
            deliveries.forgetOld();
        } catch (RuntimeException e) {
            LOG.warn("Old webhooks could not be deleted; tried again in an hour: {}", e.getMessage());
        }
    }

    /** While the lanes end as well: what hangs on both sides is waited for once. */
    @Override
    public void stop(Runnable ended) {
        Ending.aside("inbound-stop", this::stop, ended);
    }

    /** Lets calls that are under way end; everything else goes on elsewhere, or after the next start. */
    @Override
    public void stop() {
        running = false;
        // Without an interrupt: H2 closes its file under a thread that gets one.
        clock.shutdown();
        run(false);
        Ending.await(() -> deliveries.idle() && readers.idle() && sweeps.idle());
    }

    private void run(boolean now) {
        deliveries.running(now);
        readers.running(now);
        sweeps.running(now);
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
