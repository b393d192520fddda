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
 * @param close   the bot's close that it is for, who is told if it is refused; null: nobody asked for it
 * @param refused whether that close was refused: it stays open until an operator tries it anew
 */
record Remains(long handoff, Map<String, String> refs, long carried, Instant doubt, boolean told, Long close,
        boolean refused) {

    Remains at(Map<String, String> found) {
        return new Remains(handoff, found, carried, doubt, told, close, refused);
    }

    Remains inDoubt(Instant last) {
        return new Remains(handoff, refs, carried, last, told, close, refused);
    }

    Remains asTold() {
        return new Remains(handoff, refs, carried, doubt, true, close, refused);
    }

    Remains asRefused() {
        return new Remains(handoff, refs, carried, doubt, told, close, true);
    }

    /** @param again the close under which it is tried anew */
    Remains triedAnew(long again) {
        return new Remains(handoff, refs, carried, doubt, told, again, false);
    }

    boolean isIn(String conversation) {
        return refs != null && conversation.equals(refs.get(Refs.CONVERSATION));
    }

    boolean isRefused(Long asked) {
        return refused && close.equals(asked);
    }
}
