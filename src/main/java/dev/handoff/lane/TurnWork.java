package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.handoff.bot.Bot;
import dev.handoff.bot.Bots;
import dev.handoff.session.Control;
import dev.handoff.session.Entry;
import dev.handoff.session.EntryRepository;
import dev.handoff.session.SessionRepository;
import dev.handoff.session.SessionRow;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks after handoffs that take long. It does not need a permit of the connection, nor the run that is at it: a
 * connection that hangs must not keep a user.
 */
@Component
class TurnWork {

    private static final Logger LOG = LoggerFactory.getLogger(TurnWork.class);
    private static final int BATCH = 50;
    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final TurnRepository turns;
    private final Failover failover;
    private final SessionRepository sessions;
    private final EntryRepository entries;
    private final LaneRepository lanes;
    private final LegRepository legs;
    private final SupportSystems systems;
    private final Bots bots;
    private final TransactionTemplate transaction;
    private final ExecutorService threads;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile boolean running;

    TurnWork(TurnRepository turns, Failover failover, SessionRepository sessions, EntryRepository entries,
            LaneRepository lanes, LegRepository legs, SupportSystems systems, Bots bots,
            TransactionTemplate transaction, @Qualifier("lanes") ExecutorService threads) {
        this.turns = turns;
        this.failover = failover;
        this.sessions = sessions;
        this.entries = entries;
        this.lanes = lanes;
        this.legs = legs;
        this.systems = systems;
        this.bots = bots;
        this.transaction = transaction;
        this.threads = threads;
    }

    /** The chains may be others than before: every turn is looked at. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        turns.wake();
        running = true;
    }

    @EventListener(ContextClosedEvent.class)
    void stop() {
        running = false;
    }

    @Scheduled(fixedDelay = 500)
    void poll() {
        if (running && turns.anyDue() && busy.compareAndSet(false, true)) {
            try {
                threads.execute(this::workOff);
            } catch (RejectedExecutionException ending) {
                busy.set(false);
            }
        }
    }

    private void workOff() {
        try {
            List<Turn> due = claim();
            while (!due.isEmpty()) {
                for (Turn turn : due) {
                    if (!running) {
                        return;
                    }
                    look(turn);
                }
                due = claim();
            }
        } catch (RuntimeException e) {
            LOG.warn("Handoffs that take long could not be looked at; tried again: {}", e.toString());
        } finally {
            busy.set(false);
        }
    }

    private List<Turn> claim() {
        return transaction.execute(status -> turns.claimDue(BATCH, LEASE));
    }

    private void look(Turn turn) {
        try {
            SessionRow session = sessions.find(turn.session()).orElseThrow();
            MDC.put("session", session.bot() + "/" + session.key());
            if (session.control() != Control.QUEUE || session.handoffSeq() != turn.handoff() || session.confirmed()) {
                turns.end(turn.session(), turn.handoff());
            } else {
                look(turn, session);
            }
        } catch (RuntimeException e) {
            LOG.error("The handoff of entry {} could not be looked at; tried again in {} s", turn.handoff(),
                    LEASE.toSeconds(), e);
        } finally {
            MDC.remove("session");
        }
    }

    private void look(Turn turn, SessionRow session) {
        Optional<LaneRepository.Locked> lane = lanes.find(turn.session(), Destination.connection(turn.connection()));
        Optional<SupportSystem> system = systems.all().stream()
                .filter(one -> one.name().equals(turn.connection())).findFirst();
        String reason = system.isEmpty() ? "The connection is not configured any more."
                : lane.map(one -> one.lane().error()).map(error -> error.message())
                        .orElse("It does not come to it.");
        boolean others = !failover.others(session, turn).isEmpty();
        if (turn.over() || system.isEmpty() && !others) {
            failover.giveUp(session, turn, turn.over() ? "It could not be handed over in time. " + reason : reason);
            return;
        }
        Duration patience = bots.find(session.bot()).map(Bot::failover).orElse(Duration.ZERO);
        Instant next = turn.asked().plus(patience.compareTo(SOON) < 0 ? SOON : patience);
        if (system.isEmpty() || others && lane.isPresent()) {
            Instant lost = system.isEmpty() ? turn.asked() : lost(turn, session, lane.get(), system.get(), patience);
            Entry handoff = entries.bySeq(turn.session(), turn.handoff()).orElseThrow();
            if (!lost.isAfter(turn.asked())) {
                if (failover.passOn(session, handoff, turn, reason)) {
                    return;
                }
            } else {
                next = lost;
            }
        }
        turns.lookAgain(turn, next.isBefore(turn.deadline()) ? next : turn.deadline());
    }

    /** When the connection has lost its turn, as far as can be told now. */
    private Instant lost(Turn turn, SessionRow session, LaneRepository.Locked lane, SupportSystem system,
            Duration patience) {
        if (lane.worked()) {
            return turn.asked().plus(SOON);
        }
        boolean waits = lane.due() != null && !lane.due().isAfter(turn.asked());
        Instant failing = lane.failing() != null ? lane.failing() : waits ? lane.due() : null;
        if (failing == null) {
            return turn.asked().plus(patience);
        }
        return turn.lost(failing, patience, failover.others(session, turn).size(), mayBeSeen(turn, lane, system));
    }

    /** Whether people over there may have the conversation, though nobody knows. */
    private boolean mayBeSeen(Turn turn, LaneRepository.Locked lane, SupportSystem system) {
        Leg leg = legs.find(turn.session(), turn.connection());
        boolean begun = leg.handoffSeq() == turn.handoff();
        return system.capabilities().transferAtOpening() ? begun || lane.lane().doubt() != null
                : begun && lane.lane().doubt() != null && lane.lane().cursor() >= turn.handoff() - 1;
    }
}
