package dev.handoff.lane;

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
        if (!locked.idle()) {
            lanes.raise(lane, destination, head, cursor, live, locked.due());
        } else if (gates.find(destination).filter(gate -> gate.enter(live)).isPresent()) {
            LaneRunner here = runner.getObject();
            leaveUnlessCommitted(here, live,
                    lanes.raiseAndClaim(lane, destination, head, cursor, live, here.owner(), here.lease()));
        } else {
            lanes.raise(lane, destination, head, cursor, live, lane.clock().read());
        }
    }

    private void leaveUnlessCommitted(LaneRunner here, boolean live, Claim claim) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_COMMITTED) {
                    here.start(claim);
                } else {
                    gates.to(claim.destination()).leave(live);
                }
            }
        });
    }
}
