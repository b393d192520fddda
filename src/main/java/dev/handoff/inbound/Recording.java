package dev.handoff.inbound;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.handoff.lane.Conversations;
import dev.handoff.lane.Conversations.Standing;
import dev.handoff.session.Author;
import dev.handoff.session.Lanes;
import dev.handoff.session.PeopleLog;
import dev.handoff.session.PeopleLog.Said;
import dev.handoff.session.SessionRow;
import dev.handoff.session.Team;
import dev.handoff.support.SupportSystem.Agent;
import dev.handoff.support.SupportSystem.Levels;
import dev.handoff.support.SupportSystem.News;
import dev.handoff.support.SupportSystem.Remark;

/**
 * Takes what was read in a conversation into the log, within one transaction: first what was said, then how the
 * conversation stands. Status, assignee and team are levels: only differences from what was seen last are told.
 */
final class Recording {

    /** What the reader does next. */
    enum Next {
        /** Nothing until the bell rings. */
        REST,
        /** Nothing until the handoff is confirmed. */
        WAIT_FOR_CONFIRMATION,
        /** Reads again when what was sent without an answer has become visible: who closes must have seen it. */
        READ_LATER,
        /** Reads again at once: what was read is too old to tell how the conversation stands. */
        READ_AGAIN
    }

    /** What the reading that comes then may take. */
    private static final Duration READING = Duration.ofSeconds(5);

    private final PeopleLog log;
    private final Conversations conversations;
    private final Lanes lanes;
    private final Reader reader;
    private final Before before;
    private final News news;
    private final boolean templates;
    private final Duration unsettled;
    private SessionRow session;
    private long first;
    private Standing lane;
    private boolean resumed;
    private Seen seen;

    /**
     * @param templates whether the user sees what the system says by itself
     * @param unsettled how long after {@code before} it took until all that was sent had become visible
     */
    Recording(PeopleLog log, Conversations conversations, Lanes lanes, Reader reader, Before before, News news,
            boolean templates, Duration unsettled) {
        this.log = log;
        this.conversations = conversations;
        this.lanes = lanes;
        this.reader = reader;
        this.before = before;
        this.news = news;
        this.templates = templates;
        this.unsettled = unsettled;
        this.seen = reader.seen();
    }

    /** @throws ComeBack if that cannot be done now */
    Next record() {
        session = log.lock(reader.session());
        first = session.lastSeq();
        lane = conversations.lock(reader.session(), reader.connection()).orElseThrow();
        remarks();
        Next next = news.more() ? Next.READ_AGAIN : levels();
        if (resumed || toldElsewhere()) {
            lanes.raise(session.id(), session.connection(), session.lastSeq());
        }
        return next;
    }

    /** Whether agents on another connection have the session: they must know what is said here. */
    private boolean toldElsewhere() {
        return session.handedOver() && session.lastSeq() != first && !reader.connection().equals(session.connection());
    }

    /** Whether something was new. */
    boolean news() {
        return session.lastSeq() != first || !seen.equals(reader.seen());
    }

    /** Whether people have the session, in this conversation. */
    boolean withPeople() {
        return session.handedOver() && isCurrent();
    }

    /** How the conversation was seen now. */
    Seen seen() {
        return seen;
    }

    private void remarks() {
        List<Remark> theirs = Remarks.forTheUser(news, reader.session(), templates);
        Map<String, Long> known = new HashMap<>(
                log.known(session.id(), theirs.stream().map(r -> reader.key(r.id())).toList()));
        for (Remark remark : theirs) {
            String key = reader.key(remark.id());
            Long seq = known.get(key);
            if (seq != null && remark.deleted()) {
                session = log.corrected(session, seq, null, key + ":deleted");
            } else if (seq == null && !remark.deleted() && remark.text() != null && !remark.text().isBlank()) {
                said(remark, key);
                // A system may give the same message twice in one answer.
                known.put(key, session.lastSeq());
            }
        }
        Remarks.lastOwn(news, reader.session()).ifPresent(last -> seen = seen.withOwn(last));
    }

    private void said(Remark remark, String key) {
        boolean person = remark.author() == Author.AGENT;
        boolean takes = person && news.levels() != null && !news.levels().closed() && mayTake();
        session = log.said(session, new Said(key, person ? Author.AGENT : Author.SYSTEM,
                person ? remark.name() : null, remark.text(), remark.at()), takes);
    }

    /**
     * An agent takes control, but not from people who have the session in another conversation, or will as soon as its
     * handoff gets there. What was the bot's, or on its way, is in that conversation from now on.
     */
    private boolean mayTake() {
        if (session.handedOver() && session.confirmed()) {
            return isCurrent();
        }
        if (session.handedOver() && !(isCurrent() && lane.handoff() == session.handoffSeq())) {
            return false;
        }
        if (lane.worked()) {
            throw new ComeBack();
        }
        conversations.resume(lane, reader.refs(), session.handoffSeq(), session.lastSeq());
        session = log.takenUp(session, reader.connection(), news.levels().team(),
                Conversations.asTold(reader.refs()));
        resumed = true;
        return true;
    }

    private Next levels() {
        if (!isCurrent()) {
            return Next.REST;
        }
        Levels now = news.levels();
        if (session.handedOver()) {
            if (!session.confirmed()) {
                return Next.WAIT_FOR_CONFIRMATION;
            }
            if (!before.confirmed(session)) {
                return Next.READ_AGAIN;
            }
            boolean over = now == null || now.closed();
            if (over && !unsettled.isZero()) {
                if (!lane.quietSince(before.lane())) {
                    throw new ComeBack();
                }
                conversations.holdBack(lane, unsettled.plus(READING));
                return Next.READ_LATER;
            }
            compare();
        }
        Agent assignee = assignee(now);
        seen = new Seen(session.handoffSeq(), now == null ? "closed" : now.status(),
                assignee == null ? null : assignee.id(), assignee == null ? null : assignee.name(), seen.own(),
                seen.part());
        return Next.REST;
    }

    /** Whether the session's lane leads to this conversation. */
    private boolean isCurrent() {
        return resumed || reader.connection().equals(session.connection()) && lane.isIn(reader.conversation());
    }

    private void compare() {
        Seen known = seen.of(session.handoffSeq());
        Levels now = news.levels();
        if (now == null) {
            close(known.name(), "The conversation does not exist any more.", List.of());
            return;
        }
        if (now.tellsTeam() && !Objects.equals(id(log.team(session).orElse(null)), id(now.team()))) {
            session = log.assigned(session, now.team());
        }
        Agent assignee = assignee(now);
        if (!Objects.equals(known.assignee(), assignee == null ? null : assignee.id())) {
            session = assignee == null ? log.left(session, known.name()) : log.joined(session, assignee.name());
        }
        if (now.closed()) {
            close(assignee == null ? known.name() : assignee.name(),
                    now.reason() == null ? "The conversation was closed in the support system." : now.reason(), now.labels());
        }
    }

    /** Who has it now; as it was where the system does not tell. */
    private Agent assignee(Levels now) {
        Seen known = seen.of(session.handoffSeq());
        return now == null ? null : now.tellsAssignee() ? now.assignee()
                : known.assignee() == null ? null : new Agent(known.assignee(), known.name());
    }

    /** What was sent after the reading may have opened it again: that must have been seen. */
    private void close(String name, String reason, List<String> labels) {
        if (!lane.quietSince(before.lane())) {
            throw new ComeBack();
        }
        // A post whose answer was lost may be there all the same: agents have it, and the next ones must not get it again.
        long carried = conversations.close(lane, seen.own(), seen.part());
        session = log.closed(session, name, reason, labels, carried);
    }

    private static String id(Team team) {
        return team == null ? null : team.id();
    }
}
