package dev.handoff.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.handoff.bot.Bot;
import dev.handoff.bot.Bots;
import dev.handoff.session.Lanes;
import dev.handoff.session.SessionRow;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The lanes, as the log sees them: the node that appends also carries, if it has a permit to spare. */
@Component
class SessionLanes implements Lanes {

    private final LaneRepository lanes;
    private final TurnRepository turns;
    private final Bots bots;
    private final Gates gates;
    private final ObjectProvider<LaneRunner> runner;

    /** @param runner looked up late: what lanes do is written into the log, and the log raises lanes */
    SessionLanes(LaneRepository lanes, TurnRepository turns, Bots bots, Gates gates,
            ObjectProvider<LaneRunner> runner) {
        this.lanes = lanes;
        this.turns = turns;
        this.bots = bots;
        this.gates = gates;
        this.runner = runner;
    }

    @Override
    public void raise(UUID session, String connection, long head) {
        LaneRepository.Locked locked = lanes.lockOrCreate(session, Destination.connection(connection));
        raise(locked, head, locked.lane().cursor(), locked.lane().live(), locked.waitsForNothingLive());
    }

    @Override
    public void handOver(SessionRow session) {
        Instant now = raiseForHandoff(session).read();
        Bot bot = bots.get(session.bot());
        begin(new Turn(session.id(), session.connection(), session.handoffSeq(), now, now.plus(bot.deadline()),
                List.of(), now), bot.failover());
    }

    /**
     * Another connection's turn, of the same handoff: the time goes on.
     *
     * @param session with the new connection, and the handoff's new entry
     */
    void passOn(SessionRow session, Turn before) {
        Instant now = raiseForHandoff(session).read();
        List<String> tried = new ArrayList<>(before.tried());
        tried.add(before.connection());
        begin(new Turn(session.id(), session.connection(), session.handoffSeq(), now, before.deadline(), tried, now),
                bots.get(session.bot()).failover());
    }

    private DatabaseClock raiseForHandoff(SessionRow session) {
        LaneRepository.Locked locked = lanes.lockOrCreate(session.id(), Destination.connection(session.connection()));
        // What waits to be closed, or to be looked for, is no reason to let a handoff wait.
        raise(locked, session.lastSeq(), locked.lane().cursor(), false, locked.owner() == null);
        return locked.lane().clock();
    }

    private void begin(Turn turn, Duration patience) {
        Instant look = turn.since().plus(patience);
        turns.begin(turn, look.isBefore(turn.deadline()) ? look : turn.deadline());
    }

    @Override
    public void raiseBot(UUID session, String bot, long first, long last) {
        Destination destination = Destination.bot(bot);
        if (gates.find(destination).isEmpty()) {
            return;
        }
        LaneRepository.Locked locked = lanes.lockOrCreate(session, destination);
        // What lies before is the bot's own, or was said while it had no callback and read the log.
        raise(locked, last, locked.idle() ? first - 1 : locked.lane().cursor(), true, locked.waitsForNothingLive());
    }

    /** @param atOnce whether it is looked at now, though it is not due */
    private void raise(LaneRepository.Locked locked, long head, long cursor, boolean live, boolean atOnce) {
        Claim lane = locked.lane();
        Destination destination = lane.destination();
        Optional<Starting> starting = starting(lane);
        if (starting.isPresent()) {
            starting.get().claim = lanes.raiseAgain(starting.get().claim, head);
        } else if (!locked.idle()) {
            lanes.raise(lane, head, cursor, live, atOnce ? lane.clock().read() : locked.due(), null);
        } else if (gates.find(destination).filter(gate -> gate.enter(live)).isPresent()) {
            claim(lane, head, cursor, live);
        } else {
            Instant now = lane.clock().read();
            lanes.raise(lane, head, cursor, live, now, gates.find(destination).flatMap(Gate::trouble)
                    .map(failure -> Worker.error(destination, failure, now)).orElse(null));
        }
    }

    /** Of a lane that has entered its gate. */
    private void claim(Claim lane, long head, long cursor, boolean live) {
        LaneRunner here = runner.getObject();
        Gate gate = gates.to(lane.destination());
        try {
            TransactionSynchronizationManager.registerSynchronization(new Starting(here, gate,
                    lanes.raiseAndClaim(lane, head, cursor, live, here.owner(), here.lease())));
        } catch (RuntimeException e) {
            gate.leave(live);
            throw e;
        }
    }

    /** The lane's run, if this very transaction has claimed it. */
    private static Optional<Starting> starting(Claim lane) {
        return TransactionSynchronizationManager.getSynchronizations().stream()
                .filter(Starting.class::isInstance).map(Starting.class::cast)
                .filter(one -> one.claim.id() == lane.id()).findFirst();
    }

    /** Begins a run once its claim is committed. */
    private static final class Starting implements TransactionSynchronization {

        private final LaneRunner runner;
        private final Gate gate;
        private Claim claim;

        Starting(LaneRunner runner, Gate gate, Claim claim) {
            this.runner = runner;
            this.gate = gate;
            this.claim = claim;
        }

        @Override
        public void afterCompletion(int status) {
            if (status == STATUS_COMMITTED) {
                runner.start(claim);
            } else {
                gate.leave(claim.live());
            }
        }
    }
}
