package dev.handoff.lane;

import java.time.Instant;
import java.util.Map;

/**
 * A conversation that is nobody's any more, and is to be closed.
 *
 * @param handoff the last one that it was for
 * @param refs    of it; null: it may not have been made, and is looked for
 * @param carried the last entry that was carried there
 * @param doubt   the last moment at which a send of unknown outcome may have left for it; null: none has
 * @param told    whether agents there were told that it is not theirs any more
 * @param refused the close by the bot that the system refuses: it stays open until that is tried anew; null: it may be
 *                closed
 */
record Remains(long handoff, Map<String, String> refs, long carried, Instant doubt, boolean told, Long refused) {

    Remains at(Map<String, String> found) {
        return new Remains(handoff, found, carried, doubt, told, refused);
    }

    Remains inDoubt(Instant last) {
        return new Remains(handoff, refs, carried, last, told, refused);
    }

    Remains asTold() {
        return new Remains(handoff, refs, carried, doubt, true, refused);
    }

    /** @param close that was refused; null: it may be tried */
    Remains withRefused(Long close) {
        return new Remains(handoff, refs, carried, doubt, told, close);
    }

    boolean isIn(String conversation) {
        return refs != null && conversation.equals(refs.get(Refs.CONVERSATION));
    }
}
