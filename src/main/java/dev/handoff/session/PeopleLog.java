package dev.handoff.session;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do in a support system, written into the log. Each call is part of the caller's transaction, under the
 * session's lock, and gives the session as it is then. A change of control is an entry and raises the epoch.
 */
@Service
@Transactional(propagation = Propagation.MANDATORY)
public class PeopleLog {

    private final SessionRepository sessions;
    private final EntryRepository entries;
    private final Appender appender;

    PeopleLog(SessionRepository sessions, EntryRepository entries, Appender appender) {
        this.sessions = sessions;
        this.entries = entries;
        this.appender = appender;
    }

    /**
     * What somebody over there has said for the user to read.
     *
     * @param key    the system's id of it
     * @param author {@link Author#AGENT}, or {@link Author#SYSTEM} for what the system says by itself
     * @param name   of the person; null if not known
     */
    public record Said(String key, Author author, String name, String text, Instant at) {
    }

    public SessionRow lock(UUID session) {
        return sessions.lock(session);
    }

    /** Which of the keys are in the log, and under which number. */
    @Transactional(propagation = Propagation.SUPPORTS)
    public Map<String, Long> known(UUID session, Collection<String> keys) {
        return keys.isEmpty() ? Map.of() : entries.saidByPeople(session, keys);
    }

    /** The team that has the conversation, as the log tells; empty for none. */
    public Optional<Team> team(SessionRow session) {
        return entries.last(session.id(), Side.SUPPORT, Kind.ASSIGNED, session.handoffSeq())
                .map(Entry::body).map(Body::team);
    }

    /**
     * Whatever became of the last handoff: the session is with the people of this connection, who answer in this
     * conversation. The bot is told for each handoff to them of which it does not know yet what became.
     */
    public SessionRow takenUp(SessionRow session, String connection, Team team, Map<String, String> conversation) {
        return appender.append(session.withHandoff(connection, session.handoffSeq()).withConfirmed(),
                entries.openHandoffs(session.id(), connection).stream()
                        .map(handoff -> Draft.assigned(handoff, team, connection, conversation)).toList());
    }

    /** @param takesControl whether whoever says it answers the user from now on */
    public SessionRow said(SessionRow session, Said said, boolean takesControl) {
        return append(takesControl && session.control() != Control.AGENT ? session.withControl(Control.AGENT) : session,
                new Draft(Side.SUPPORT, Kind.MESSAGE,
                said.author(), Body.said(said.text(), said.name(), null, null), said.key(), said.at(), false));
    }

    /** A message that the log has was changed over there, or taken back: the text is null then. */
    public SessionRow corrected(SessionRow session, long seq, String text, String key) {
        if (entries.byKey(session.id(), Side.SUPPORT, Kind.MESSAGE, key).isPresent()) {
            return session;
        }
        Entry before = entries.bySeq(session.id(), seq).orElseThrow();
        return append(session, new Draft(Side.SUPPORT, Kind.MESSAGE, before.author(),
                Body.said(text, before.body().name(), null, seq), key, null, false));
    }

    /** An agent has taken the conversation. */
    public SessionRow joined(SessionRow session, String name) {
        return append(session.control() == Control.QUEUE ? session.withControl(Control.AGENT) : session,
                Draft.fromSupport(Kind.JOINED, Body.named(name)));
    }

    /** Nobody has the conversation any more; it waits for the next agent. */
    public SessionRow left(SessionRow session, String name) {
        return append(session.control() == Control.AGENT ? session.withControl(Control.QUEUE) : session,
                Draft.fromSupport(Kind.LEFT, Body.named(name)));
    }

    /** Another team has the conversation; null: none. */
    public SessionRow assigned(SessionRow session, Team team) {
        return append(session, Draft.fromSupport(Kind.ASSIGNED, Body.assigned(null, team, null, null)));
    }

    /**
     * The people are done: the bot has the session again.
     *
     * @param name    who closed it, or had it last; null: who said something last
     * @param carried the last entry that agents got; the user's messages after it are the bot's to answer
     */
    public SessionRow closed(SessionRow session, String name, String reason, List<String> labels, long carried) {
        List<Long> unseen = entries.usersMessages(session.id(), Math.max(carried, session.handoffSeq()));
        List<Long> transcript = entries.agentsMessages(session.id(), session.handoffSeq());
        String who = name != null || transcript.isEmpty() ? name
                : entries.bySeq(session.id(), transcript.get(transcript.size() - 1)).orElseThrow().body().name();
        return append(session.withControl(Control.BOT),
                Draft.fromSupport(Kind.CLOSED, Body.closed(who, reason, labels, transcript, unseen)));
    }

    /** The user has rated what the people did; a second one under the same key changes nothing. */
    public SessionRow rated(SessionRow session, String key, Integer score, String text) {
        if (entries.byKey(session.id(), Side.SUPPORT, Kind.RATING, key).isPresent()) {
            return session;
        }
        return append(session, new Draft(Side.SUPPORT, Kind.RATING, Author.USER, Body.rating(score, text), key, null,
                false));
    }

    private SessionRow append(SessionRow session, Draft draft) {
        return appender.append(session, List.of(draft));
    }
}
