package dev.handoff.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code entry}: append-only. */
@Repository
public class EntryRepository {

    private static final String SELECT =
            "select session, seq, side, kind, author, body, entry_key, at, epoch, late from entry ";

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final StoredJson json;

    EntryRepository(JdbcClient jdbc, JdbcTemplate batch, StoredJson json) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.json = json;
    }

    void insert(List<Entry> entries) {
        batch.batchUpdate("""
                insert into entry (session, seq, side, kind, author, body, entry_key, at, epoch, late)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                entries.stream().map(this::columns).toList());
    }

    private Object[] columns(Entry entry) {
        return new Object[] {entry.session(), entry.seq(), text(entry.side()), text(entry.kind()),
                text(entry.author()), json.write(entry.body()), entry.key(), entry.at().atOffset(ZoneOffset.UTC),
                entry.epoch(), entry.late()};
    }

    /** Entries after {@code after} up to and including {@code upTo}, in order. */
    public List<Entry> read(UUID session, long after, long upTo, int limit) {
        return jdbc.sql(SELECT + "where session = ? and seq > ? and seq <= ? order by seq limit ?")
                .params(session, after, upTo, limit).query(this::row).list();
    }

    /** Those among them that {@link Entry#isForTheBot()}. */
    public List<Entry> readForTheBot(UUID session, long after, long upTo, int limit) {
        return jdbc.sql(SELECT + """
                where session = ? and seq > ? and seq <= ? and side = 'support' and kind <> 'note'
                order by seq limit ?""")
                .params(session, after, upTo, limit).query(this::row).list();
    }

    Optional<Entry> byKey(UUID session, Side side, Kind kind, String key) {
        return jdbc.sql(SELECT + "where session = ? and side = ? and kind = ? and entry_key = ?")
                .params(session, text(side), text(kind), key).query(this::row).optional();
    }

    public Optional<Entry> bySeq(UUID session, long seq) {
        return jdbc.sql(SELECT + "where session = ? and seq = ?").params(session, seq).query(this::row).optional();
    }

    /** Which of the keys the bot's messages in this session already have. */
    Set<String> knownMessages(UUID session, Collection<String> keys) {
        return new HashSet<>(jdbc.sql("""
                select entry_key from entry
                where session = :session and side = 'bot' and kind = 'message' and entry_key in (:keys)""")
                .param("session", session).param("keys", keys).query(String.class).list());
    }

    /** The support side's entry of this kind about that one: {@link Body#of()}. */
    Optional<Entry> of(UUID session, Kind kind, long of) {
        return jdbc.sql(SELECT + "where session = ? and side = 'support' and kind = ? and entry_key = ?")
                .params(session, text(kind), "of:" + of).query(this::row).optional();
    }

    /** The first handoff to this connection after {@code after}, up to and including {@code upTo}. */
    public Optional<Entry> nextHandoff(UUID session, String connection, long after, long upTo) {
        return next(session, connection, after, upTo).stream().filter(entry -> entry.kind() == Kind.HANDOFF).findFirst();
    }

    /** The first such handoff, or close by the bot that is tried anew. */
    public Optional<Entry> nextHandoffOrClose(UUID session, String connection, long after, long upTo) {
        return next(session, connection, after, upTo).stream().findFirst();
    }

    /** The closes by the bot there that are tried anew. */
    public List<Entry> closesTriedAnew(UUID session, String connection, long after, long upTo) {
        return next(session, connection, after, upTo).stream().filter(entry -> entry.kind() == Kind.CLOSED).toList();
    }

    private List<Entry> next(UUID session, String connection, long after, long upTo) {
        return jdbc.sql(SELECT + """
                where session = ? and kind in ('handoff', 'closed') and seq > ? and seq <= ? order by seq""")
                .params(session, after, upTo).query(this::row).list().stream()
                .filter(entry -> entry.kind() == Kind.HANDOFF || entry.side() == Side.BOT && entry.body().retryOf() != null)
                .filter(entry -> entry.body().goesTo(connection)).toList();
    }

    /** The bot's handoffs to this connection that were neither confirmed nor refused. */
    List<Long> openHandoffs(UUID session, String connection) {
        Set<String> settled = new HashSet<>(jdbc.sql("""
                select entry_key from entry where session = ? and side = 'support' and kind in ('assigned', 'undelivered')
                  and entry_key is not null""").param(session).query(String.class).list());
        return jdbc.sql(SELECT + "where session = ? and kind = 'handoff' order by seq").param(session)
                .query(this::row).list().stream().filter(entry -> entry.body().goesTo(connection))
                .map(Entry::origin).distinct().filter(origin -> !settled.contains("of:" + origin)).toList();
    }

    /** The numbers of what people have said under these keys. */
    Map<String, Long> saidByPeople(UUID session, Collection<String> keys) {
        Map<String, Long> found = new HashMap<>();
        jdbc.sql("""
                select entry_key, seq from entry
                where session = :session and side = 'support' and kind = 'message' and entry_key in (:keys)""")
                .param("session", session).param("keys", keys)
                .query(row -> {
                    found.put(row.getString("entry_key"), row.getLong("seq"));
                });
        return found;
    }

    /** The last entry of this kind from this side after {@code after}. */
    Optional<Entry> last(UUID session, Side side, Kind kind, long after) {
        return jdbc.sql(SELECT + "where session = ? and side = ? and kind = ? and seq > ? order by seq desc limit 1")
                .params(session, text(side), text(kind), after).query(this::row).optional();
    }

    /** The numbers of what agents have said since people took over last. */
    List<Long> agentsMessages(UUID session, long after) {
        return jdbc.sql("""
                select seq from entry
                where session = :session and side = 'support' and kind = 'message' and author = 'agent'
                  and seq > :after and seq > (select coalesce(max(c.seq), 0) from entry c
                      where c.session = :session and c.kind = 'closed')
                order by seq""")
                .param("session", session).param("after", after).query(Long.class).list();
    }

    /** The numbers of the user's messages after {@code after}. */
    List<Long> usersMessages(UUID session, long after) {
        return jdbc.sql("""
                select seq from entry
                where session = ? and seq > ? and side = 'bot' and kind = 'message' and author = 'user' order by seq""")
                .params(session, after).query(Long.class).list();
    }

    long undelivered(UUID session) {
        return jdbc.sql("""
                select count(*) from entry u where u.session = ? and u.kind = 'undelivered'
                  and not exists (
                    select 1 from entry r where r.session = u.session and r.entry_key = concat('retry:', u.seq))""")
                .param(session).query(Long.class).single();
    }

    private Entry row(ResultSet row, int number) throws SQLException {
        return new Entry(row.getObject("session", UUID.class), row.getLong("seq"),
                Side.valueOf(upper(row, "side")), Kind.valueOf(upper(row, "kind")),
                Author.valueOf(upper(row, "author")), json.read(row.getString("body"), Body.class),
                row.getString("entry_key"), row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getLong("epoch"), row.getBoolean("late"));
    }

    private static String upper(ResultSet row, String column) throws SQLException {
        return row.getString(column).toUpperCase(Locale.ROOT);
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
