package dev.handoff.inbound;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

import dev.handoff.inbound.DeliveryRepository.Delivery;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;

import io.github.resilience4j.core.IntervalFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Works on webhooks that were stored. One whose conversation is not known yet is tried again for a while. */
@Component
class DeliveryWork {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryWork.class);
    private static final int AT_ONCE = 2;
    private static final Duration PARKED = Duration.ofMinutes(10);
    private static final Duration KEPT = Duration.ofDays(1);

    private final DeliveryRepository deliveries;
    private final Receiving receiving;
    private final ReaderWork readers;
    private final TransactionTemplate transaction;
    private final ExecutorService threads;
    private final Semaphore permits = new Semaphore(AT_ONCE);
    private final IntervalFunction backoff = IntervalFunction.ofExponentialRandomBackoff(200, 2, 0.3, 30_000);
    private volatile boolean running;

    DeliveryWork(DeliveryRepository deliveries, Receiving receiving, ReaderWork readers,
            TransactionTemplate transaction, @Qualifier("lanes") ExecutorService threads) {
        this.deliveries = deliveries;
        this.receiving = receiving;
        this.readers = readers;
        this.transaction = transaction;
        this.threads = threads;
    }

    void running(boolean now) {
        running = now;
    }

    boolean idle() {
        return permits.availablePermits() == AT_ONCE;
    }

    /** Looks for what other nodes, or none, have left. */
    void poll() {
        if (deliveries.anyDue()) {
            begin();
        }
    }

    void forgetOld() {
        deliveries.forget(KEPT);
    }

    /** Works on whatever is due, if not enough threads do so already. */
    void begin() {
        if (running && permits.tryAcquire()) {
            try {
                threads.execute(this::workOff);
            } catch (RejectedExecutionException ending) {
                permits.release();
            }
        }
    }

    private void workOff() {
        boolean more = true;
        try {
            while (running && more) {
                more = one();
            }
        } catch (RuntimeException e) {
            LOG.warn("Webhooks that were stored could not be worked on; tried again: {}", e.toString());
        } finally {
            permits.release();
        }
        if (!more) {
            readers.begin();
        }
    }

    /** False: there is none. */
    private boolean one() {
        Delivery[] failed = new Delivery[1];
        try {
            return Boolean.TRUE.equals(transaction.execute(status -> deliveries.claim().map(delivery -> {
                failed[0] = delivery;
                work(delivery);
                return true;
            }).orElse(false)));
        } catch (RuntimeException e) {
            if (failed[0] == null || e instanceof TransientDataAccessException) {
                throw e;
            }
            LOG.error("Webhook {} for connection {} could not be worked on", failed[0].id(), failed[0].connection(), e);
            transaction.executeWithoutResult(status -> again(failed[0], "a fault of the gateway"));
            return true;
        }
    }

    private void work(Delivery delivery) {
        try {
            if (receiving.receive(delivery)) {
                deliveries.done(delivery);
            } else {
                again(delivery, "its conversation is not known");
            }
        } catch (CallFailed e) {
            if (e.outcome() == Outcome.NOT_SENT) {
                again(delivery, e.getMessage());
            } else {
                LOG.warn("Webhook {} for connection {} cannot be read, and is dropped: {}", delivery.id(),
                        delivery.connection(), e.getMessage());
                deliveries.done(delivery);
            }
        } catch (IllegalArgumentException e) {
            LOG.warn("Webhook {} is dropped: {}", delivery.id(), e.getMessage());
            deliveries.done(delivery);
        }
    }

    private void again(Delivery delivery, String reason) {
        if (delivery.age().compareTo(PARKED) > 0) {
            LOG.info("Webhook {} for connection {} is dropped after {} minutes: {}", delivery.id(),
                    delivery.connection(), PARKED.toMinutes(), reason);
            deliveries.done(delivery);
        } else {
            deliveries.park(delivery, Duration.ofMillis(backoff.apply(delivery.attempts() + 1)));
        }
    }
}
