package dev.handoff.session;

import java.time.Instant;
import java.util.Map;

/**
 * A session as its bot sees it.
 *
 * @param team         of the standing handoff; null when there is none
 * @param connection   where the conversation is; null before the first handoff
 * @param conversation {@code id} and {@code url} over there; null until it exists
 * @param undelivered  how many entries could not be delivered and were not tried anew
 * @param lastError    why a lane waits, the support lane first; null when none does
 */
public record SessionState(String session, Control control, long epoch, Team team, String connection,
        Map<String, String> conversation, long undelivered, LastError lastError) {

    /** What went wrong last, until it goes well. */
    public record LastError(String operation, String connection, Integer httpStatus, String message, Instant nextTry) {
    }
}
