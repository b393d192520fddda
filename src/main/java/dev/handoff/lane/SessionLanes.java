package dev.handoff.lane;

import java.util.Optional;
import java.util.UUID;

import dev.handoff.session.Lanes;
import dev.handoff.session.Side;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The lanes, as the log sees them: the node that appends also carries, if it has a permit to spare. */
@Component
class SessionLanes implements Lanes {

    private final LaneRepository lanes;
    private final Gates gates;
    private final ObjectProvider<LaneRunner> runner;

    /** @param runner looked up late: what lanes do is written into the log, and the log raises lanes */
    SessionLanes(LaneRepository lanes, Gates gates, ObjectProvider<LaneRunner> runner) {
        this.lanes = lanes;
        this.gates = gates;
        this.runner = runner;
    }

    @Override
    public String destination(UUID session, String wanted) {
        return lanes.lock(session, Side.SUPPORT).filter(lane -> !lane.idle())
                .map(lane -> lane.lane().destination().name()).orElse(wanted);
    }

    @Override
    public void raise(UUID session, String connection, long head, boolean handoff) {
        Destination destination = Destination.connection(connection);
        LaneRepository.Locked locked = lanes.lockOrCreate(session, destination);
        boolean live = locked.lane().live() && !handoff;
        raise(locked, locked.idle() ? destination : locked.lane().destination(), head, locked.lane().cursor(), live);
    }

    @Override
    public void raiseBot(UUID session, String bot, long first, long last) {
        Destination destination = Destination.bot(bot);
        if (gates.find(destination).isEmpty()) {
            return;
        }
        LaneRepository.Locked locked = lanes.lockOrCreate(session, destination);
        // What lies before is the bot's own, or was said while it had no callback and read the log.
        raise(locked, destination, last, locked.idle() ? first - 1 : locked.lane().cursor(), true);
    }

    private void raise(LaneRepository.Locked locked, Destination destination, long head, long cursor, boolean live) {
        Claim lane = locked.lane();
        Optional<Starting> starting = starting(lane);
        if (starting.isPresent()) {
            starting.get().claim = lanes.raiseAgain(starting.get().claim, head);
        } else if (!locked.idle()) {
            lanes.raise(lane, destination, head, cursor, live, locked.due());
        } else if (gates.find(destination).filter(gate -> gate.enter(live)).isPresent()) {
            LaneRunner here = runner.getObject();
            TransactionSynchronizationManager.registerSynchronization(new Starting(here, gates.to(destination),
                    lanes.raiseAndClaim(lane, destination, head, cursor, live, here.owner(), here.lease())));
        } else {
            lanes.raise(lane, destination, head, cursor, live, lane.clock().read());
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
