package dev.handoff.lane;

import java.time.Instant;
import java.util.Map;

/**
 * A conversation that is nobody's any more, and is to be closed.
 *
 * @param handoff the last one that it was for
 * @param refs    of it; null: it may not have been made, and is looked for
 * @param doubt   the last moment at which a send of unknown outcome may have left for it; null: none has
 * @param told    whether agents there were told that it is not theirs any more
 */
record Remains(long handoff, Map<String, String> refs, Instant doubt, boolean told) {

    Remains at(Map<String, String> found) {
        return new Remains(handoff, found, doubt, told);
    }

    Remains asTold() {
        return new Remains(handoff, refs, doubt, true);
    }

    boolean isIn(String conversation) {
        return refs != null && conversation.equals(refs.get(Refs.CONVERSATION));
    }
}
