package dev.handoff.session;

import java.time.Instant;

/** An entry before it has its place in the log. */
record Draft(Side side, Kind kind, Author author, Body body, String key, Instant at, boolean late) {

    static Draft message(Message message, String key, boolean late) {
        return new Draft(Side.BOT, Kind.MESSAGE, message.author(), Body.message(message.text(), message.choices()), key,
                message.at(), late);
    }

    static Draft fromSupport(Kind kind, Body body) {
        return new Draft(Side.SUPPORT, kind, Author.SYSTEM, body, null, null, false);
    }
}
