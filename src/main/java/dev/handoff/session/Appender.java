package dev.handoff.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.springframework.stereotype.Component;

/**
 * Gives drafts the next numbers of a locked session's log, and stores them in one batch. What comes from the support
 * side is for the bot; whoever follows the log is told when it is committed.
 */
@Component
class Appender {

    private final SessionRepository sessions;
    private final EntryRepository entries;
    private final Lanes lanes;
    private final LogFollowers followers;

    Appender(SessionRepository sessions, EntryRepository entries, Lanes lanes, LogFollowers followers) {
        this.sessions = sessions;
        this.entries = entries;
        this.lanes = lanes;
        this.followers = followers;
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
        forTheBot(stored, numbered);
        followers.grows(stored.id(), stored.lastSeq());
        return stored;
    }

    private void forTheBot(SessionRow session, List<Entry> appended) {
        List<Long> seqs = appended.stream().filter(Entry::isForTheBot).map(Entry::seq).toList();
        if (!seqs.isEmpty()) {
            lanes.raiseBot(session.id(), session.bot(), seqs.get(0), seqs.get(seqs.size() - 1));
        }
    }
}
