package dev.handoff.lane;

import dev.handoff.session.SessionRow;
import dev.handoff.session.Side;
import dev.handoff.support.CallFailed;

/** What the lanes of one side do with their entries. */
interface Carrier<R extends Run> {

    Side side();

    R begin(Claim claim, SessionRow session, Gate gate);

    /**
     * Carries up to the head. Returns when the lane is free again.
     *
     * @throws CallFailed the lane waits and is tried again
     * @throws Postponed  the lane waits, and nothing went wrong
     * @throws TokenLost  the lane is somebody else's
     */
    void carry(R run) throws CallFailed;
}
