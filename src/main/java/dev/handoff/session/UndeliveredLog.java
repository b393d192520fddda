package dev.handoff.session;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** What could not be delivered, for operators: to list, and to try anew. */
@Service
public class UndeliveredLog {

    private final SessionRepository sessions;
    private final EntryRepository entries;
    private final Appender appender;
    private final Lanes lanes;
    private final JdbcClient jdbc;
    private final StoredJson json;
    private final TransactionTemplate transaction;

    UndeliveredLog(SessionRepository sessions, EntryRepository entries, Appender appender, Lanes lanes,
            JdbcClient jdbc, StoredJson json, TransactionTemplate transaction) {
        this.sessions = sessions;
        this.entries = entries;
        this.appender = appender;
        this.lanes = lanes;
        this.jdbc = jdbc;
        this.json = json;
        this.transaction = transaction;
    }

    /**
     * An undelivered entry that was not tried anew.
     *
     * @param id  names it in a retry
     * @param seq of the entry that says so
     * @param of  the entry that was not delivered
     */
    public record Item(String id, String bot, String session, long seq, long of, Kind kind, Author author,
            String reason, Instant at) {
    }

    /** @param after the id of the last item seen; null from the beginning */
    public List<Item> list(String after, int limit) {
        Optional<Id> last = Optional.ofNullable(after).flatMap(Id::of);
        return jdbc.sql("""
                select u.session, u.seq, u.body, u.at, s.bot, s.session_key, o.seq as of_seq, o.kind, o.author
                from entry u join session s on s.id = u.session
                join entry o on o.session = u.session and u.entry_key = concat('of:', o.seq)
                where u.kind = 'undelivered'
                  and (u.session > :session or u.session = :session and u.seq > :seq)
                  and not exists (select 1 from entry r
                      where r.session = u.session and r.side = o.side and r.entry_key = concat('retry:', u.seq))
                order by u.session, u.seq limit :limit""")
                .param("session", last.map(Id::session).orElse(new UUID(0, 0)))
                .param("seq", last.map(Id::seq).orElse(0L)).param("limit", limit)
                .query((row, number) -> new Item(
                        new Id(row.getObject("session", UUID.class), row.getLong("seq")).toString(),
                        row.getString("bot"), row.getString("session_key"), row.getLong("seq"), row.getLong("of_seq"),
                        Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                        Author.valueOf(row.getString("author").toUpperCase(Locale.ROOT)),
                        json.read(row.getString("body"), Body.class).reason(),
                        row.getObject("at", OffsetDateTime.class).toInstant()))
                .list();
    }

    /** Appends the entry anew; empty if there is no such item, or it was tried anew before. */
    public Optional<Appended> retry(String id) {
        return Id.of(id).flatMap(item -> transaction.execute(status -> retry(item)));
    }

    private Optional<Appended> retry(Id item) {
        Optional<SessionRow> known = sessions.find(item.session());
        if (known.isEmpty()) {
            return Optional.empty();
        }
        SessionRow session = sessions.lock(item.session());
        String key = "retry:" + item.seq();
        Optional<Entry> undelivered = entries.bySeq(session.id(), item.seq())
                .filter(entry -> entry.kind() == Kind.UNDELIVERED);
        Optional<Entry> original = undelivered.flatMap(entry -> entries.bySeq(session.id(), entry.body().of()))
                .filter(entry -> entries.byKey(session.id(), entry.side(), entry.kind(), key).isEmpty());
        return original.map(entry -> again(session, entry, key));
    }

    private Appended again(SessionRow session, Entry entry, String key) {
        boolean handoff = entry.kind() == Kind.HANDOFF;
        if (handoff && session.handedOver()) {
            throw new KeyConflict("People are in charge of this session already: there is nothing to hand over.");
        }
        if (entry.kind() == Kind.CLOSED && session.handedOver()) {
            throw new KeyConflict("People are in charge of this session again: it is not closed under them.");
        }
        if (entry.kind() == Kind.CLOSED && session.handoffSeq() > entry.seq()) {
            throw new KeyConflict("The session has been handed over again since: close the conversation before that in "
                    + "the support system.");
        }
        Draft draft = new Draft(entry.side(), entry.kind(), entry.author(), entry.body().asRetryOf(entry.seq()), key,
                entry.kind() == Kind.MESSAGE ? entry.at() : null, entry.late());
        SessionRow stored = appender.append(handoff
                ? session.withControl(Control.QUEUE).withHandoff(connection(session, entry), session.lastSeq() + 1)
                : session, List.of(draft));
        if (handoff) {
            lanes.handOver(stored);
        } else if (entry.side() == Side.BOT && (stored.handedOver() || entry.kind() == Kind.CLOSED)) {
            lanes.raise(stored.id(), connection(stored, entry), stored.lastSeq());
        }
        return new Appended(stored.lastSeq(), stored.control(), stored.epoch(), false, entry.late());
    }

    /** A team was decided upon for that connection, or it was there that the bot closed. */
    private static String connection(SessionRow session, Entry entry) {
        return entry.body().connection() == null ? session.connection() : entry.body().connection();
    }

    /** Where an undelivered entry stands in all logs: {@code <session's id>-<seq>}. */
    private record Id(UUID session, long seq) {

        static Optional<Id> of(String text) {
            int dash = text.lastIndexOf('-');
            try {
                return Optional.of(new Id(UUID.fromString(text.substring(0, Math.max(0, dash))),
                        Long.parseLong(text.substring(dash + 1))));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        @Override
        public String toString() {
            return session + "-" + seq;
        }
    }
}
