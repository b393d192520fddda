package dev.handoff.session;

import java.util.UUID;

/**
 * A session as it is stored.
 *
 * @param asked      the bot was told to ask the user for an intent, and has not handed over since
 * @param connection of the last handoff; null before the first
 * @param handoffSeq the last handoff's entry; 0 before the first
 * @param confirmed  whether that handoff has been confirmed over there
 */
public record SessionRow(UUID id, String bot, String key, User user, Control control, long epoch, long lastSeq,
        boolean asked, String connection, long handoffSeq, boolean confirmed) {

    SessionRow with(User user) {
        return new SessionRow(id, bot, key, user, control, epoch, lastSeq, asked, connection, handoffSeq, confirmed);
    }

    SessionRow withControl(Control control) {
        return new SessionRow(id, bot, key, user, control, epoch + 1, lastSeq, asked, connection, handoffSeq, confirmed);
    }

    SessionRow withLastSeq(long lastSeq) {
        return new SessionRow(id, bot, key, user, control, epoch, lastSeq, asked, connection, handoffSeq, confirmed);
    }

    SessionRow withAsked(boolean asked) {
        return new SessionRow(id, bot, key, user, control, epoch, lastSeq, asked, connection, handoffSeq, confirmed);
    }

    SessionRow withHandoff(String connection, long handoffSeq) {
        return new SessionRow(id, bot, key, user, control, epoch, lastSeq, false, connection, handoffSeq, false);
    }

    SessionRow withConfirmed() {
        return new SessionRow(id, bot, key, user, control, epoch, lastSeq, asked, connection, handoffSeq, true);
    }

    /** Whether people are in charge. */
    public boolean handedOver() {
        return control != Control.BOT;
    }
}
