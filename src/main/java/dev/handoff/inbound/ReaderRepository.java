package dev.handoff.inbound;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

import dev.handoff.session.StoredJson;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code reader}: how far each conversation has been read. A reader is free when it has no owner;
 * {@code due} says when to look at it next, or when the owner's lease ends. Every write of a run says which token it
 * has: another claim has raised it.
 */
@Repository
class ReaderRepository {

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final StoredJson json;

    ReaderRepository(JdbcClient jdbc, JdbcTemplate batch, StoredJson json) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.json = json;
    }

    /** A conversation that can be read from now on. */
    void opened(UUID session, String connection, Map<String, String> refs) {
        jdbc.sql("""
                insert into reader (session, connection, conversation, refs, bell, waiting, token, attempts)
                values (?, ?, ?, ?, 0, false, 0, 0) on conflict do nothing""")
                .params(session, connection, refs.get("conversation"), json.write(refs)).update();
    }

    /** The handoff is confirmed: who has waited for that reads again. */
    void confirmed(UUID session, String connection) {
        jdbc.sql("""
                update reader set bell = bell + 1, waiting = false,
                    due = case when owner is null then current_timestamp else due end
                where session = ? and connection = ? and waiting""").params(session, connection).update();
    }

    /** Reads the session's conversation after a time, unless it is to be read before. */
    void look(UUID session, String connection, Duration wait) {
        OffsetDateTime due = jdbc.sql("select current_timestamp").query(OffsetDateTime.class).single().plus(wait);
        jdbc.sql("""
                update reader set due = ?, quiet = 0 where owner is null and due is null
                and id = (select max(id) from reader where session = ? and connection = ?)""")
                .params(due, session, connection).update();
    }

    /** Whose conversation it is; empty if it is not known (yet). */
    Optional<UUID> sessionOf(String connection, String conversation) {
        return jdbc.sql("select session from reader where connection = ? and conversation = ?")
                .params(connection, conversation).query(UUID.class).optional();
    }

    /** Something may be new; who waits after a failure goes on waiting. False: the conversation is not known. */
    boolean ring(String connection, String conversation) {
        return jdbc.sql("""
                update reader set bell = bell + 1, quiet = 0,
                    due = case when owner is null and attempts = 0 then current_timestamp else due end
                where connection = ? and conversation = ?""").params(connection, conversation).update() == 1;
    }

    /** As {@link #ring}, if a sweep has not seen this version before. */
    boolean ring(String connection, String conversation, String version) {
        return jdbc.sql("""
                update reader set bell = bell + 1, quiet = 0, swept = ?,
                    due = case when owner is null and attempts = 0 then current_timestamp else due end
                where connection = ? and conversation = ? and (swept is null or swept <> ?)""")
                .params(version, connection, conversation, version).update() == 1;
    }

    List<String> dueConnections() {
        return jdbc.sql("select distinct connection from reader where due <= current_timestamp").query(String.class)
                .list();
    }

    /** Claims readers that are due. To be called in a transaction. */
    List<Reader> claimDue(String connection, int limit, String owner, Duration lease) {
        long nanos = System.nanoTime();
        List<Reader> due = jdbc.sql("""
                select id, session, connection, conversation, refs, position, seen, quiet, bell, token, attempts,
                    current_timestamp as asked
                from reader where connection = ? and due <= current_timestamp
                order by due limit ? for update skip locked""")
                .params(connection, limit).query((row, number) -> claimed(row, nanos)).list();
        batch.batchUpdate("update reader set owner = ?, token = token + 1, due = ? where id = ?",
                due.stream().map(reader -> new Object[] {owner, at(reader.asked().plus(lease)), reader.id()}).toList());
        return due;
    }

    private Reader claimed(ResultSet row, long nanos) throws SQLException {
        Seen seen = json.read(row.getString("seen"), Seen.class);
        return new Reader(row.getLong("id"), row.getObject("session", UUID.class), row.getString("connection"),
                row.getString("conversation"), json.strings(row.getString("refs")), row.getString("position"),
                seen == null ? Seen.NOTHING : seen, row.getInt("quiet"), row.getLong("bell"),
                row.getLong("token") + 1, row.getInt("attempts"), row.getObject("asked", OffsetDateTime.class).toInstant(), nanos);
    }

    /** The bell as it is now, and the lease anew; empty if the token is lost. */
    Optional<Long> renew(Reader reader, Instant until) {
        int renewed = jdbc.sql("update reader set due = ? where id = ? and token = ?")
                .params(at(until), reader.id(), reader.token()).update();
        return renewed == 0 ? Optional.empty()
                : jdbc.sql("select bell from reader where id = ?").param(reader.id()).query(Long.class).optional();
    }

    /** Prolongs the lease; a run that has just freed the reader has the same token, and must not put off what is due. */
    void prolong(Reader reader, Instant until) {
        jdbc.sql("update reader set due = ? where id = ? and token = ? and owner is not null")
                .params(at(until), reader.id(), reader.token()).update();
    }

    /** Stores how far a run has come; false if the token is lost. */
    boolean advance(Reader reader) {
        return jdbc.sql("update reader set position = ?, seen = ?, attempts = 0 where id = ? and token = ?")
                .params(reader.position(), json.write(reader.seen()), reader.id(), reader.token()).update() == 1;
    }

    /**
     * Frees the reader, unless the bell has rung again.
     *
     * @param waiting whether it is to be read again when the handoff is confirmed
     * @param due     when it is read again although no bell rings; null: never
     */
    boolean release(Reader reader, boolean waiting, Instant due) {
        return jdbc.sql("""
                update reader set position = ?, seen = ?, waiting = ?, owner = null,
                    due = cast(? as timestamp with time zone), quiet = ?, attempts = 0
                where id = ? and token = ? and bell = ?""")
                .params(reader.position(), json.write(reader.seen()), waiting, due == null ? null : at(due),
                        reader.quiet(), reader.id(), reader.token(), reader.bell()).update() == 1;
    }

    /** Frees the reader until a time; void if the token is lost. */
    void postpone(Reader reader, Instant due, int attempts) {
        jdbc.sql("update reader set owner = null, due = ?, attempts = ? where id = ? and token = ?")
                .params(at(due), attempts, reader.id(), reader.token()).update();
    }

    /** Frees what dead processes have left behind: of one owner, or of all ({@code null}). */
    void voidLeases(String owner) {
        jdbc.sql("""
                update reader set owner = null, due = current_timestamp
                where owner is not null and (cast(:owner as varchar) is null or owner = :owner)""")
                .param("owner", owner).update();
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
