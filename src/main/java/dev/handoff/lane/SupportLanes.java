package dev.handoff.lane;

import java.util.UUID;

import dev.handoff.session.Lanes;

import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The support lanes, as the log sees them: the node that appends also carries, if it has a permit to spare. */
@Component
class SupportLanes implements Lanes {

    private final LaneRepository lanes;
    private final Gates gates;
    private final LaneRunner runner;

    SupportLanes(LaneRepository lanes, Gates gates, LaneRunner runner) {
        this.lanes = lanes;
        this.gates = gates;
        this.runner = runner;
    }

    @Override
    public String destination(UUID session, String wanted) {
        return lanes.lock(session).filter(lane -> !lane.idle()).map(lane -> lane.lane().destination()).orElse(wanted);
    }

    @Override
    public void raise(UUID session, String destination, long head, boolean handoff) {
        LaneRepository.Locked locked = lanes.lockOrCreate(session, destination);
        Claim lane = locked.lane();
        boolean live = lane.live() && !handoff;
        if (!locked.idle()) {
            lanes.raise(lane.id(), lane.destination(), head, live, locked.due());
        } else if (gates.to(destination).enter(live)) {
            leaveUnlessCommitted(destination, live,
                    lanes.raiseAndClaim(lane, destination, head, live, runner.owner(), runner.lease()));
        } else {
            lanes.raise(lane.id(), destination, head, live, lane.clock().read());
        }
    }

    private void leaveUnlessCommitted(String destination, boolean live, Claim claim) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                if (status == STATUS_COMMITTED) {
                    runner.start(claim);
                } else {
                    gates.to(destination).leave(live);
                }
            }
        });
    }
}
