package dev.handoff.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /**
     * The conversation was seen with its team over there.
     *
     * @param origin the bot's own entry of the handoff, where it went from one connection to another
     */
    public void confirmed(UUID id, long handoff, long origin, Team team, String connection,
            Map<String, String> conversation) {
        SessionRow session = sessions.lock(id);
        boolean told = entries.of(id, Kind.ASSIGNED, origin).isPresent();
        appender.append(session.handoffSeq() == handoff ? session.withConfirmed() : session,
                told ? List.of() : List.of(Draft.assigned(origin, team, connection, conversation)));
    }

    /**
     * Another connection takes the handoff over, if it is still wanted and not done.
     *
     * @param handoff the entry that the session has for it now
     * @return the session with another entry for it, to that connection; empty if it is done or taken back
     */
    public Optional<SessionRow> passedOn(UUID id, long handoff, String connection, Team team, String because) {
        SessionRow session = sessions.lock(id);
        if (!waits(session, handoff)) {
            return Optional.empty();
        }
        Entry before = entries.bySeq(id, handoff).orElseThrow();
        return Optional.of(appender.append(session.withHandoff(connection, session.lastSeq() + 1),
                List.of(Draft.fromSupport(Kind.HANDOFF,
                        before.body().passedOn(before.origin(), team, because, connection)))));
    }

    /**
     * A handoff is refused: the bot is told, and has the session again if that is what it waits for. What the user has
     * said since is the bot's to answer.
     */
    public void handoffRefused(UUID id, long handoff, String reason) {
        handoffLost(sessions.lock(id), handoff, reason);
    }

    /** As {@link #handoffRefused}, unless it is done, answered or taken back by now: then false. */
    public boolean handoffOverdue(UUID id, long handoff, String reason) {
        SessionRow session = sessions.lock(id);
        if (!waits(session, handoff)) {
            return false;
        }
        handoffLost(session, handoff, reason);
        return true;
    }

    private void handoffLost(SessionRow session, long handoff, String reason) {
        Entry lost = entries.bySeq(session.id(), handoff).orElseThrow();
        long origin = lost.origin();
        SessionRow after = session;
        List<Draft> drafts = new ArrayList<>(told(session.id(), origin, reason));
        // After an agent of another connection has taken the session up, it is theirs.
        if (session.handedOver() && session.handoffSeq() == handoff && lost.body().goesTo(session.connection())) {
            drafts.add(Draft.fromSupport(Kind.CLOSED, Body.closed(reason, entries.usersMessages(session.id(), origin))));
            after = session.withControl(Control.BOT);
        }
        appender.append(after, drafts);
    }

    /** A connection does not exist any more: whoever had the session there, the bot has it again. */
    public boolean disconnected(UUID id, String connection, long carried) {
        SessionRow session = sessions.lock(id);
        if (!session.handedOver() || !connection.equals(session.connection()) || waits(session, session.handoffSeq())) {
            return false;
        }
        String reason = "The connection " + connection + " is not configured any more.";
        appender.append(session.withControl(Control.BOT), List.of(Draft.fromSupport(Kind.CLOSED, Body.closed(null, reason,
                List.of(), entries.agentsMessages(id, session.handoffSeq()),
                entries.usersMessages(id, Math.max(carried, session.handoffSeq()))))));
        return true;
    }

    private static boolean waits(SessionRow session, long handoff) {
        return session.control() == Control.QUEUE && session.handoffSeq() == handoff && !session.confirmed();
    }

    /** An entry could not be delivered; the lane goes on. */
    public void undelivered(UUID id, long of, String reason) {
        SessionRow session = sessions.lock(id);
        appender.append(session, told(id, of, reason));
    }

    /**
     * The people cannot be reached any more: an entry could not be delivered for that reason, and the bot has the
     * session again, unless it has it already.
     *
     * @param connection where that was
     * @param of      the message that found the conversation gone
     * @param carried the last entry that agents got; the user's messages after it are the bot's to answer
     */
    public void lost(UUID id, String connection, long of, String reason, long carried) {
        SessionRow session = sessions.lock(id);
        List<Draft> drafts = new ArrayList<>();
        if (entries.bySeq(id, of).filter(entry -> entry.kind() == Kind.UNDELIVERED).isEmpty()) {
            drafts.addAll(told(id, of, reason));
        }
        boolean here = session.handedOver() && connection.equals(session.connection());
        if (here && (session.handoffSeq() <= of || session.confirmed())) {
            List<Long> unseen = entries.usersMessages(id, Math.max(carried, session.handoffSeq()));
            drafts.add(Draft.fromSupport(Kind.CLOSED, Body.closed(reason, unseen)));
            session = session.withControl(Control.BOT);
        }
        appender.append(session, drafts);
    }

    /** Once: in the next conversation, or on the next connection, the same may be refused again. */
    private List<Draft> told(UUID id, long of, String reason) {
        return entries.of(id, Kind.UNDELIVERED, of).isPresent() ? List.of()
                : List.of(Draft.about(Kind.UNDELIVERED, of, Body.undelivered(of, reason, null)));
    }
}
