package dev.handoff.session;

import java.util.List;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the bot lane writes into the log. Each call is part of the lane's transaction, so that the log and the lane's
 * cursor move together or not at all.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class BotLog {

    /** So much of a message says which one it was. */
    private static final int BEGINNING = 200;

    private final SessionRepository sessions;
    private final Appender appender;
    private final Lanes lanes;

    BotLog(SessionRepository sessions, Appender appender, Lanes lanes) {
        this.sessions = sessions;
        this.appender = appender;
        this.lanes = lanes;
    }

    /** The bot did not take an entry. Agents are told, now if they have the session, else with the next handoff. */
    public void undelivered(Entry entry, String reason) {
        SessionRow stored = appender.append(sessions.lock(entry.session()), List.of(new Draft(Side.BOT,
                Kind.UNDELIVERED, Author.SYSTEM, Body.undelivered(entry.seq(), reason, beginning(entry.body().text())),
                "of:" + entry.seq(), null, false)));
        if (stored.handedOver()) {
            lanes.raise(stored.id(), stored.connection(), stored.lastSeq());
        }
    }

    private static String beginning(String text) {
        if (text == null || text.codePointCount(0, text.length()) <= BEGINNING) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, BEGINNING)) + "…";
    }
}
