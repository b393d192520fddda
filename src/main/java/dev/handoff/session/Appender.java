package dev.handoff.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

/** Gives drafts the next numbers of a locked session's log, and stores them in one batch. */
@Component
class Appender {

    private final SessionRepository sessions;
    private final EntryRepository entries;

    Appender(SessionRepository sessions, EntryRepository entries) {
        this.sessions = sessions;
        this.entries = entries;
    }

    /**
     * @param session locked by this transaction, with all changes but its new last number
     * @return the session as it is stored now
     */
    SessionRow append(SessionRow session, List<Draft> drafts) {
        Instant now = Instant.now();
        List<Entry> numbered = new ArrayList<>(drafts.size());
        long seq = session.lastSeq();
        for (Draft draft : drafts) {
            seq++;
            numbered.add(new Entry(session.id(), seq, draft.side(), draft.kind(), draft.author(), draft.body(),
                    draft.key(), draft.at() == null ? now : draft.at(), session.epoch(), draft.late()));
        }
        SessionRow stored = session.withLastSeq(seq);
        entries.insert(numbered);
        sessions.update(stored);
        return stored;
    }
}
