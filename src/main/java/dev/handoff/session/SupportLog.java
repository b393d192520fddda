package dev.handoff.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the support lane writes into the log. Each call is part of the lane's transaction, so that the log and the
 * lane's cursor move together or not at all.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class SupportLog {

    private final SessionRepository sessions;
    private final EntryRepository entries;
    private final Appender appender;

    SupportLog(SessionRepository sessions, EntryRepository entries, Appender appender) {
        this.sessions = sessions;
        this.entries = entries;
        this.appender = appender;
    }

    /** The conversation was seen with its team over there. */
    public void confirmed(UUID id, long handoff, Team team, Map<String, String> conversation) {
        SessionRow session = sessions.lock(id);
        appender.append(session.handoffSeq() == handoff ? session.withConfirmed() : session,
                List.of(about(Kind.ASSIGNED, handoff, Body.assigned(handoff, team, conversation))));
    }

    /** An entry could not be delivered; the lane goes on. */
    public void undelivered(UUID id, long of, String reason) {
        appender.append(sessions.lock(id), List.of(undelivered(of, reason)));
    }

    /**
     * The people cannot be reached any more: an entry could not be delivered for that reason, and the bot has the
     * session again, unless it has it already.
     *
     * @param of      the handoff that failed, or the message that found the conversation gone
     * @param carried the last entry that agents got; the user's messages after it are the bot's to answer
     */
    public void lost(UUID id, long of, String reason, long carried) {
        SessionRow session = sessions.lock(id);
        List<Draft> drafts = new ArrayList<>();
        if (entries.bySeq(id, of).filter(entry -> entry.kind() == Kind.UNDELIVERED).isEmpty()) {
            drafts.add(undelivered(of, reason));
        }
        if (session.handedOver() && session.handoffSeq() <= of) {
            List<Long> unseen = entries.usersMessages(id, Math.max(carried, session.handoffSeq()));
            drafts.add(Draft.fromSupport(Kind.CLOSED, Body.closed(reason, unseen)));
            session = session.withControl(Control.BOT);
        }
        appender.append(session, drafts);
    }

    private static Draft undelivered(long of, String reason) {
        return about(Kind.UNDELIVERED, of, Body.undelivered(of, reason, null));
    }

    private static Draft about(Kind kind, long of, Body body) {
        return new Draft(Side.SUPPORT, kind, Author.SYSTEM, body, "of:" + of, null, false);
    }
}
