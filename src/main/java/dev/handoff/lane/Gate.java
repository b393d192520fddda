package dev.handoff.lane;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import dev.handoff.support.CallFailed;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much one node sends to one destination: so many lanes at once, so many messages a minute, nothing while the
 * destination asks to wait, and one lane at a time while nobody answers there, since thousands that try again would
 * take machine and database from the others. Live lanes and lanes with history have three quarters of the permits each
 * at most, so that neither keeps the other out.
 */
final class Gate {

    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    /** So many in a row: one of ten lanes that is answered is enough to go on. */
    private static final int UNANSWERED = 10;

    private final Semaphore all;
    private final Semaphore live;
    private final Semaphore history;
    private final Integer limit;
    private final RateLimiter limiter;
    private final CircuitBreaker breaker;
    private volatile CallFailed unanswered;
    private volatile long pausedUntil = System.nanoTime();
    private volatile boolean hungry;

    /**
     * @param concurrency       lanes at once
     * @param messagesPerMinute null for no limit
     * @param rest              how long nobody tries while nobody answers, in milliseconds, by how often that was in vain
     */
    Gate(String destination, int concurrency, Integer messagesPerMinute, IntervalFunction rest) {
        int share = Math.max(1, concurrency - concurrency / 4);
        this.all = new Semaphore(concurrency);
        this.live = new Semaphore(share);
        this.history = new Semaphore(share);
        this.limit = messagesPerMinute;
        this.limiter = messagesPerMinute == null ? null : RateLimiter.of(destination, evenly(messagesPerMinute));
        this.breaker = CircuitBreaker.of(destination, CircuitBreakerConfig.custom()
                .slidingWindowSize(UNANSWERED).minimumNumberOfCalls(UNANSWERED).failureRateThreshold(100)
                .waitIntervalFunctionInOpenState(rest).permittedNumberOfCallsInHalfOpenState(1).build());
        breaker.getEventPublisher().onStateTransition(event -> {
            switch (event.getStateTransition()) {
                case CLOSED_TO_OPEN -> LOG.warn("{} does not answer; one conversation at a time tries until it does: {}",
                        destination, unanswered.getMessage());
                case HALF_OPEN_TO_CLOSED -> LOG.info("{} answers again", destination);
                default -> { }
            }
        });
    }

    private static RateLimiterConfig evenly(int perMinute) {
        int perSecond = perMinute / 60;
        return RateLimiterConfig.custom()
                .limitForPeriod(Math.max(1, perSecond))
                .limitRefreshPeriod(perSecond >= 1 ? Duration.ofSeconds(1) : Duration.ofMinutes(1).dividedBy(perMinute))
                .timeoutDuration(Duration.ZERO)
                .build();
    }

    /** Takes a permit for one lane. */
    boolean enter(boolean isLive) {
        if (paused().isZero() && share(isLive).tryAcquire()) {
            if (all.tryAcquire()) {
                if (breaker.tryAcquirePermission()) {
                    return true;
                }
                all.release();
            }
            share(isLive).release();
        }
        hungry = true;
        return false;
    }

    void leave(boolean isLive) {
        breaker.releasePermission();
        all.release();
        share(isLive).release();
    }

    /** How many lanes may enter now. */
    int free(boolean isLive) {
        return paused().isZero() ? Math.min(all.availablePermits(), share(isLive).availablePermits()) : 0;
    }

    /** Whether a lane was kept out since this was last asked. */
    boolean keptOut() {
        boolean was = hungry;
        hungry = false;
        return was;
    }

    /** How long the next message must wait; zero: it may go, and is counted. */
    Duration next() {
        Duration paused = paused();
        if (!paused.isZero() || limiter == null || limiter.acquirePermission()) {
            return paused;
        }
        return limiter.getRateLimiterConfig().getLimitRefreshPeriod();
    }

    /** An operation was answered. */
    void answered() {
        breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }

    void failed(CallFailed failure) {
        if (failure.unanswered()) {
            unanswered = failure;
            breaker.onError(0, TimeUnit.NANOSECONDS, failure);
        } else if (failure.httpStatus() != null) {
            answered();
        }
    }

    /** What keeps the lanes out while nobody answers. */
    Optional<CallFailed> trouble() {
        return breaker.getState() == CircuitBreaker.State.CLOSED ? Optional.empty() : Optional.of(unanswered);
    }

    /** The destination said that it had too much: nothing goes there for a while, and less than before after that. */
    void pause(Duration time) {
        pausedUntil = System.nanoTime() + time.toNanos();
        if (limiter != null) {
            int now = limiter.getRateLimiterConfig().getLimitForPeriod();
            limiter.changeLimitForPeriod(Math.max(1, now / 2));
        }
    }

    /** A message went through: the limit grows back to what was configured. */
    void passed() {
        if (limiter != null) {
            int now = limiter.getRateLimiterConfig().getLimitForPeriod();
            if (now < limit / 60) {
                limiter.changeLimitForPeriod(now + 1);
            }
        }
    }

    private Duration paused() {
        long left = pausedUntil - System.nanoTime();
        return left > 0 ? Duration.ofNanos(left) : Duration.ZERO;
    }

    private Semaphore share(boolean isLive) {
        return isLive ? live : history;
    }
}
