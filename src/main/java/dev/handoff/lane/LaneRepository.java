package dev.handoff.lane;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.handoff.session.SessionState.LastError;
import dev.handoff.session.StoredJson;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The table {@code lane}. A lane is free when it has no owner; {@code due} says when to look at it next: a retry of a
 * free lane, the end of the lease of an owned one.
 */
@Repository
class LaneRepository {

    private static final String SELECT = """
            select id, session, destination, token, head, cursor, live, attempts, doubt, window_start, window_count,
                owner, due, error, current_timestamp as asked
            from lane\s""";

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final StoredJson json;

    LaneRepository(JdbcClient jdbc, JdbcTemplate batch, StoredJson json) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.json = json;
    }

    /** A lane under lock. */
    record Locked(Claim lane, String owner, Instant due) {

        boolean idle() {
            return owner == null && due == null;
        }
    }

    /** Locks the session's support lane; makes it if it does not exist. The session must be locked. */
    Locked lockOrCreate(UUID session, String destination) {
        return lock(session).orElseGet(() -> {
            jdbc.sql("""
                    insert into lane (session, side, destination, head, cursor, live, token, attempts, window_count)
                    values (?, 'support', ?, 0, 0, false, 0, 0, 0)""").params(session, destination).update();
            return lock(session).orElseThrow();
        });
    }

    Optional<Locked> lock(UUID session) {
        long before = System.nanoTime();
        return jdbc.sql(SELECT + "where session = ? and side = 'support' for update").param(session)
                .query((row, number) -> new Locked(claim(row, before), row.getString("owner"), instant(row, "due")))
                .optional();
    }

    Optional<Locked> find(UUID session) {
        long before = System.nanoTime();
        return jdbc.sql(SELECT + "where session = ? and side = 'support'").param(session)
                .query((row, number) -> new Locked(claim(row, before), row.getString("owner"), instant(row, "due")))
                .optional();
    }

    /**
     * Leaves what a free lane still has to carry. What is in doubt stays so: it may be found when the same
     * conversation is opened again.
     */
    void cutOff(long id) {
        jdbc.sql("""
                update lane set head = cursor, live = false, due = null, attempts = 0, error = null, token = token + 1
                where id = ? and owner is null""").param(id).update();
    }

    /** Voids whatever a run that has lost the free lane may still want to write. */
    void voidToken(long id) {
        jdbc.sql("update lane set token = token + 1 where id = ? and owner is null").param(id).update();
    }

    void raise(long id, String destination, long head, boolean live, Instant due) {
        jdbc.sql("update lane set destination = ?, head = ?, live = ?, due = ? where id = ?")
                .params(destination, head, live, at(due), id).update();
    }

    /** Raises the head of a free lane and claims it. */
    Claim raiseAndClaim(Claim free, String destination, long head, boolean live, String owner, Duration lease) {
        Instant until = free.clock().read().plus(lease);
        jdbc.sql("""
                update lane set destination = ?, head = ?, live = ?, owner = ?, token = token + 1, due = ?
                where id = ?""")
                .params(destination, head, live, owner, at(until), free.id()).update();
        return free.claimed(destination, head, live, free.doubt(), free.clock().nanos() + lease.toNanos());
    }

    /** The destinations of lanes that are due. */
    List<String> dueDestinations() {
        return jdbc.sql("select distinct destination from lane where due <= current_timestamp").query(String.class)
                .list();
    }

    /**
     * Claims lanes that are due. To be called in a transaction. An owner whose lease has run down may have sent until
     * then, which is what {@code doubt} remembers.
     */
    List<Claim> claimDue(String destination, boolean live, int limit, String owner, Duration lease) {
        long before = System.nanoTime();
        List<Claim> due = jdbc.sql(SELECT + """
                where destination = ? and live = ? and due <= current_timestamp
                order by due limit ? for update skip locked""")
                .params(destination, live, limit)
                .query((row, number) -> {
                    Claim lane = claim(row, before);
                    Instant doubt = row.getString("owner") == null ? lane.doubt() : instant(row, "due");
                    return lane.claimed(destination, lane.head(), live, doubt, before + lease.toNanos());
                }).list();
        batch.batchUpdate("update lane set owner = ?, token = token + 1, due = ?, doubt = ? where id = ?",
                due.stream().map(claim -> new Object[] {owner, at(claim.clock().read().plus(lease)),
                        at(claim.doubt()), claim.id()}).toList());
        return due;
    }

    /** Prolongs the lease and stores how far a run has come; tells for each whether it still owns its lane. */
    int[] renew(Collection<Run> runs, Duration lease) {
        return batch.batchUpdate("update lane set due = ?, cursor = ? where id = ? and token = ?",
                runs.stream().map(run -> new Object[] {at(run.claim().clock().in(lease)), run.cursor(),
                        run.claim().id(), run.claim().token()}).toList());
    }

    /** Stores how far a run has come. */
    void advance(Run run, boolean live) {
        expectOne(run, jdbc.sql("""
                update lane set cursor = ?, live = ?, attempts = 0, error = null where id = ? and token = ?""")
                .params(run.cursor(), live, run.claim().id(), run.claim().token()).update());
    }

    /** Frees the lane, unless its head has been raised in the meantime. */
    boolean release(Run run, boolean live) {
        return jdbc.sql("""
                update lane set cursor = ?, live = ?, owner = null, due = null, attempts = 0, doubt = null,
                    error = null, window_start = ?, window_count = ?
                where id = ? and token = ? and head = ?""")
                .params(run.cursor(), live, at(run.pace().windowStart()), run.pace().count(), run.claim().id(),
                        run.claim().token(), run.cursor())
                .update() == 1;
    }

    /** Frees a lane that has nothing to carry until the next handoff, unless its head has been raised. */
    boolean trim(Run run) {
        return jdbc.sql("""
                update lane set cursor = ?, head = ?, live = false, owner = null, due = null, attempts = 0,
                    doubt = null, error = null
                where id = ? and token = ? and head = ?""")
                .params(run.cursor(), run.cursor(), run.claim().id(), run.claim().token(), run.head()).update() == 1;
    }

    /** Frees the lane until a time; void if the token is lost. */
    void postpone(Run run, Instant due, int attempts, Instant doubt, LastError error) {
        jdbc.sql("""
                update lane set cursor = ?, owner = null, due = ?, attempts = ?, doubt = ?,
                    error = coalesce(cast(? as text), error),
                    window_start = ?, window_count = ?
                where id = ? and token = ?""")
                .params(run.cursor(), at(due), attempts, at(doubt), json.write(error), at(run.pace().windowStart()),
                        run.pace().count(), run.claim().id(), run.claim().token())
                .update();
    }

    /** The head of a lane that the run still owns. */
    long head(Run run) {
        return jdbc.sql("select head from lane where id = ? and token = ?")
                .params(run.claim().id(), run.claim().token()).query(Long.class).optional()
                .orElseThrow(() -> new TokenLost(run.claim().id()));
    }

    /** Frees what dead processes have left behind: of one owner, or of all ({@code null}). */
    int voidLeases(String owner) {
        return jdbc.sql("""
                update lane set owner = null, due = current_timestamp, doubt = current_timestamp
                where owner is not null and (cast(:owner as varchar) is null or owner = :owner)""")
                .param("owner", owner).update();
    }

    private void expectOne(Run run, int updated) {
        if (updated == 0) {
            throw new TokenLost(run.claim().id());
        }
    }

    private Claim claim(ResultSet row, long before) throws SQLException {
        return new Claim(row.getLong("id"), row.getObject("session", UUID.class), row.getString("destination"),
                row.getLong("token"), row.getLong("head"), row.getLong("cursor"), row.getBoolean("live"),
                row.getInt("attempts"), instant(row, "doubt"), instant(row, "window_start"),
                row.getInt("window_count"), json.read(row.getString("error"), LastError.class),
                new DatabaseClock(instant(row, "asked"), before), 0);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime at(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
