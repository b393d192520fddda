package dev.handoff.lane;

import dev.handoff.bot.Callback;
import dev.handoff.session.SessionRow;

/** A bot lane at work. */
final class BotRun extends Run {

    private final Callback callback;

    BotRun(Claim claim, SessionRow session, Callback callback, Gate gate) {
        super(claim, session, gate, null, callback.timeout());
        this.callback = callback;
    }

    Callback callback() {
        return callback;
    }
}
