package dev.handoff.session;

import java.time.Instant;
import java.util.Map;

/** An entry before it has its place in the log. */
record Draft(Side side, Kind kind, Author author, Body body, String key, Instant at, boolean late) {

    static Draft message(Message message, String key, boolean late) {
        return new Draft(Side.BOT, Kind.MESSAGE, message.author(), Body.message(message.text(), message.choices()), key,
                message.at(), late);
    }

    /** There is one of this kind about each entry. */
    static Draft about(Kind kind, long of, Body body) {
        return new Draft(Side.SUPPORT, kind, Author.SYSTEM, body, "of:" + of, null, false);
    }

    /** What confirms a handoff. */
    static Draft assigned(long handoff, Team team, String connection, Map<String, String> conversation) {
        return about(Kind.ASSIGNED, handoff, Body.assigned(handoff, team, connection, conversation));
    }

    static Draft fromSupport(Kind kind, Body body) {
        return new Draft(Side.SUPPORT, kind, Author.SYSTEM, body, null, null, false);
    }
}
