package dev.handoff.session;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code session}. */
@Repository
public class SessionRepository {

    private static final String SELECT = """
            select id, bot, session_key, person, control, epoch, last_seq, asked, connection, handoff_seq, confirmed
            from session\s""";

    private final JdbcClient jdbc;
    private final StoredJson json;

    SessionRepository(JdbcClient jdbc, StoredJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public Optional<SessionRow> find(String bot, String key) {
        return jdbc.sql(SELECT + "where bot = ? and session_key = ?").params(bot, key).query(this::row).optional();
    }

    public Optional<SessionRow> find(UUID id) {
        return jdbc.sql(SELECT + "where id = ?").param(id).query(this::row).optional();
    }

    /** Locks the session until the end of the transaction; makes it if it does not exist. */
    SessionRow lockOrCreate(String bot, String key) {
        return lock(bot, key).orElseGet(() -> {
            jdbc.sql("""
                    insert into session
                        (id, bot, session_key, control, epoch, last_seq, asked, handoff_seq, confirmed)
                    values (?, ?, ?, 'bot', 1, 0, false, 0, false) on conflict do nothing""")
                    .params(UUID.randomUUID(), bot, key).update();
            return lock(bot, key).orElseThrow();
        });
    }

    Optional<SessionRow> lock(String bot, String key) {
        return jdbc.sql(SELECT + "where bot = ? and session_key = ? for update").params(bot, key)
                .query(this::row).optional();
    }

    SessionRow lock(UUID id) {
        return jdbc.sql(SELECT + "where id = ? for update").param(id).query(this::row).single();
    }

    void update(SessionRow session) {
        jdbc.sql("""
                update session set person = ?, control = ?, epoch = ?, last_seq = ?, asked = ?, connection = ?,
                    handoff_seq = ?, confirmed = ?
                where id = ?""")
                .params(json.write(session.user()), text(session.control()), session.epoch(), session.lastSeq(),
                        session.asked(), session.connection(), session.handoffSeq(), session.confirmed(), session.id())
                .update();
    }

    /** The connections that people have sessions on, or are to get them. */
    public List<String> connectionsInUse() {
        return jdbc.sql("select distinct connection from session where control <> 'bot' and connection is not null")
                .query(String.class).list();
    }

    public List<UUID> withPeopleOn(String connection) {
        return jdbc.sql("select id from session where control <> 'bot' and connection = ?").param(connection)
                .query(UUID.class).list();
    }

    private SessionRow row(ResultSet row, int number) throws SQLException {
        return new SessionRow(row.getObject("id", UUID.class), row.getString("bot"), row.getString("session_key"),
                json.read(row.getString("person"), User.class),
                Control.valueOf(row.getString("control").toUpperCase(Locale.ROOT)), row.getLong("epoch"),
                row.getLong("last_seq"), row.getBoolean("asked"), row.getString("connection"),
                row.getLong("handoff_seq"), row.getBoolean("confirmed"));
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
