package dev.handoff.lane;

import java.util.Map;

/**
 * A conversation that is nobody's any more, and is to be closed.
 *
 * @param handoff the last one that it was for
 * @param refs    of it; null: it may not have been made, and is looked for
 */
record Remains(long handoff, Map<String, String> refs) {
}
