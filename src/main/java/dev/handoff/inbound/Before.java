package dev.handoff.inbound;

import dev.handoff.lane.Conversations.Standing;
import dev.handoff.session.SessionRow;

/** Session and lane as they were before a conversation was read: what was read cannot know of anything later. */
record Before(SessionRow session, Standing lane) {

    /** Whether the handoff that stands now had been confirmed before the reading began. */
    boolean confirmed(SessionRow now) {
        return session.confirmed() && session.handoffSeq() == now.handoffSeq();
    }
}
