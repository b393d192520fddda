package dev.handoff.lane;

import static dev.handoff.lane.LaneRows.at;
import static dev.handoff.lane.LaneRows.text;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

import dev.handoff.session.SessionState.LastError;
import dev.handoff.session.Side;

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
            select id, session, side, destination, token, head, cursor, live, attempts, doubt, failing, offered, refused,
                window_start, window_count, owner, due, error, current_timestamp as asked
            from lane\s""";

    private static final String DUE = """
            select 1 from lane where lane.side = asked.side and lane.destination = asked.destination
                and lane.due <= current_timestamp""";

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final LaneRows rows;

    LaneRepository(JdbcClient jdbc, JdbcTemplate batch, LaneRows rows) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.rows = rows;
    }

    /**
     * A lane under lock, or as it was at a look.
     *
     * @param failing since when nothing has gone well; null: it goes well
     */
    record Locked(Claim lane, String owner, Instant due, Instant failing) {

        boolean idle() {
            return owner == null && due == null;
        }

        /** Whether agents have got all there was: what waits is no reason to let the next message wait. */
        boolean waitsForNothingLive() {
            return owner == null && lane.live() && lane.cursor() >= lane.head();
        }

        /** Whether somebody works on it who is not known to be dead. */
        boolean worked() {
            return owner != null && due.isAfter(lane.clock().read());
        }
    }

    /** Locks the session's lane to that side; makes it if it does not exist. The session must be locked. */
    Locked lockOrCreate(UUID session, Destination destination) {
        return lock(session, destination).orElseGet(() -> {
            jdbc.sql("""
                    insert into lane (session, side, destination, head, cursor, live, token, attempts, window_count)
                    values (?, ?, ?, 0, 0, false, 0, 0, 0)""")
                    .params(session, text(destination.side()), destination.name()).update();
            return lock(session, destination).orElseThrow();
        });
    }

    Optional<Locked> lock(UUID session, Destination destination) {
        return one(session, destination, " for update");
    }

    Optional<Locked> find(UUID session, Destination destination) {
        return one(session, destination, "");
    }

    private Optional<Locked> one(UUID session, Destination destination, String how) {
        long before = TransactionStart.nanos();
        return jdbc.sql(SELECT + "where session = ? and side = ? and destination = ?" + how)
                .params(session, text(destination.side()), destination.name())
                .query((row, number) -> rows.locked(row, before)).optional();
    }

    /**
     * Leaves what a free lane still has to carry. What is in doubt stays so: it may be found when the same
     * conversation is opened again.
     *
     * @param seen the last entry that was seen over there: what was sent and never confirmed was carried all the same
     * @param due  when to look at it next; null: nothing is left to do
     */
    void cutOff(long id, long seen, Instant due) {
        jdbc.sql("""
                update lane set cursor = greatest(cursor, least(?, head)), head = greatest(cursor, least(?, head)),
                live = false, due = ?, attempts = 0, error = null, failing = null, token = token + 1
                where id = ? and owner is null""").params(seen, seen, at(due), id).update();
    }

    /**
     * Lets a locked lane carry no more than up to {@code head}. Whatever a run of it still wants to write is void.
     *
     * @param due   when to look at it next; null: nothing is left to do
     * @param doubt the last moment at which a send of unknown outcome may have left; null: none has
     */
    void retire(Claim lane, long cursor, long head, Instant due, Instant doubt) {
        jdbc.sql("""
                update lane set cursor = ?, head = ?, due = ?, doubt = ?, owner = null, token = token + 1, attempts = 0,
                    error = null, failing = null
                where id = ?""").params(cursor, head, at(due), at(doubt), lane.id()).update();
    }

    /** Lets a free lane that has something to carry rest at least until then. */
    void holdBack(long id, Instant until) {
        jdbc.sql("update lane set due = greatest(due, ?) where id = ? and owner is null and due is not null")
                .params(at(until), id).update();
    }

    /**
     * Lets a free lane begin anew, in a conversation that agents have: what failed had to do with another one. Whatever
     * a run of it still wants to write is void.
     *
     * @param cursor the last entry that need not be carried there
     * @param doubt  the last moment at which something ahead of the cursor may have been sent there; null: none was
     */
    void takeUp(long id, long cursor, Instant doubt) {
        jdbc.sql("""
                update lane set cursor = ?, live = true, token = token + 1, attempts = 0, error = null, failing = null,
                    due = case when due is null then null else current_timestamp end, doubt = ?
                where id = ? and owner is null""").params(cursor, at(doubt), id).update();
    }

    /** @param error why it waits, if nothing has failed yet; null: it does not */
    void raise(Claim lane, long head, long cursor, boolean live, Instant due, LastError error) {
        jdbc.sql("""
                update lane set head = ?, cursor = ?, live = ?, due = ?, error = coalesce(error, cast(? as text))
                where id = ?""")
                .params(head, cursor, live, at(due), rows.text(error), lane.id()).update();
    }

    /** Raises the head of a free lane and claims it. */
    Claim raiseAndClaim(Claim free, long head, long cursor, boolean live, String owner, Duration lease) {
        Claim claim = free.claimed(head, cursor, live, free.doubt(), free.clock().nanos() + lease.toNanos());
        jdbc.sql("""
                update lane set head = ?, cursor = ?, live = ?, owner = ?, token = token + 1, due = ?,
                    offered = ?, refused = ?
                where id = ?""")
                .params(head, cursor, live, owner, at(free.clock().read().plus(lease)),
                        claim.offer().upTo(), claim.offer().refused(), free.id()).update();
        return claim;
    }

    /** Raises the head of a lane that this transaction has claimed. */
    Claim raiseAgain(Claim claimed, long head) {
        jdbc.sql("update lane set head = ?, offered = ?, refused = 0 where id = ?")
                .params(head, head, claimed.id()).update();
        return claimed.raised(head);
    }

    /** The destinations of lanes that have something to carry. Passes them all. */
    List<Destination> destinations() {
        return jdbc.sql("select distinct side, destination from lane where due is not null")
                .query((row, number) -> LaneRows.destination(row)).list();
    }

    /** To which of these lanes are due. It takes no longer where many are, as while nobody answers. */
    List<Destination> due(Collection<Destination> destinations) {
        String rows = String.join(", ", Collections.nCopies(destinations.size(),
                "(cast(? as varchar), cast(? as varchar))"));
        return destinations.isEmpty() ? List.of() : jdbc.sql("""
                select side, destination from (values %s) as asked (side, destination)
                where exists (%s and lane.live) or exists (%s and not lane.live)""".formatted(rows, DUE, DUE))
                .params(destinations.stream().flatMap(one -> Stream.of(text(one.side()), one.name())).toList())
                .query((row, number) -> LaneRows.destination(row)).list();
    }

    /**
     * Claims lanes that are due. To be called in a transaction. An owner whose lease has run down may have sent until
     * then, which is what {@code doubt} remembers.
     */
    List<Claim> claimDue(Destination destination, boolean live, int limit, String owner, Duration lease) {
        long before = System.nanoTime();
        List<Claim> due = jdbc.sql(SELECT + """
                where side = ? and destination = ? and live = ? and due <= current_timestamp
                order by due limit ? for update skip locked""")
                .params(text(destination.side()), destination.name(), live, limit)
                .query((row, number) -> {
                    LaneRepository.Locked found = rows.locked(row, before);
                    Claim lane = found.lane();
                    return lane.claimed(lane.head(), lane.cursor(), live,
                            found.owner() == null ? lane.doubt() : found.due(), before + lease.toNanos());
                }).list();
        batch.batchUpdate("""
                update lane set owner = ?, token = token + 1, due = ?, doubt = ?, offered = ?, refused = ? where id = ?""",
                due.stream().map(claim -> new Object[] {owner, at(claim.clock().read().plus(lease)),
                        at(claim.doubt()), claim.offer().upTo(), claim.offer().refused(), claim.id()}).toList());
        return due;
    }

    /**
     * Locks the lanes of those runs that nobody else has locked just now. Without a wait, since who appends may hold
     * one lane of a session and want the other.
     */
    List<Run> lock(Collection<Run> runs) {
        Set<Long> locked = new HashSet<>(jdbc.sql("select id from lane where id in (:ids) for update skip locked")
                .param("ids", runs.stream().map(run -> run.claim().id()).toList()).query(Long.class).list());
        return runs.stream().filter(run -> locked.contains(run.claim().id())).toList();
    }

    /**
     * Prolongs the lease; tells for each run whether it still owns its lane. A run that has just freed it has the same
     * token, and must not put off what is due.
     */
    int[] renew(Collection<Run> runs, Duration lease) {
        return batch.batchUpdate("update lane set due = ? where id = ? and token = ? and owner is not null",
                runs.stream().map(run -> new Object[] {at(run.claim().clock().in(lease)), run.claim().id(),
                        run.claim().token()}).toList());
    }

    /** Stores how far a run has come that is about to end for what has failed. */
    void keep(Run run) {
        expectOne(run, jdbc.sql("update lane set cursor = ? where id = ? and token = ?")
                .params(run.cursor(), run.claim().id(), run.claim().token()).update());
    }

    /** Stores how far a run has come. */
    void advance(Run run, boolean live) {
        expectOne(run, jdbc.sql("""
                update lane set cursor = ?, live = ?, attempts = 0, refused = 0, error = null, failing = null
                where id = ? and token = ?""")
                .params(run.cursor(), live, run.claim().id(), run.claim().token()).update());
    }

    /** Offers everything up to the head; stores how far the run has come. */
    void offerAll(Run run) {
        expectOne(run, jdbc.sql("""
                update lane set cursor = ?, offered = head, attempts = 0, refused = 0, error = null, failing = null
                where id = ? and token = ?""").params(run.cursor(), run.claim().id(), run.claim().token()).update());
        run.offer(new Offer(jdbc.sql("select offered from lane where id = ?").param(run.claim().id())
                .query(Long.class).single(), 0));
        run.head(run.offer().upTo());
    }

    /** Offers less than before. */
    void offerUpTo(Run run, long seq) {
        expectOne(run, jdbc.sql("update lane set cursor = ?, offered = ?, refused = 0 where id = ? and token = ?")
                .params(run.cursor(), seq, run.claim().id(), run.claim().token()).update());
        run.offer(new Offer(seq, 0));
    }

    /** Frees the lane, unless its head has been raised in the meantime. */
    boolean release(Run run, boolean live) {
        return jdbc.sql("""
                update lane set cursor = ?, live = ?, owner = null, due = null, attempts = 0, refused = 0,
                    doubt = ?, failing = null, error = null, window_start = ?, window_count = ?
                where id = ? and token = ? and head = ?""")
                .params(run.cursor(), live, at(run.doubt()), at(run.pace().windowStart()), run.pace().count(), run.claim().id(),
                        run.claim().token(), run.cursor())
                .update() == 1;
    }

    /** Frees a lane that has nothing to carry until the next handoff, unless its head has been raised. */
    boolean trim(Run run) {
        return jdbc.sql("""
                update lane set cursor = ?, head = ?, live = false, owner = null, due = null, attempts = 0,
                    doubt = ?, failing = null, error = null
                where id = ? and token = ? and head = ?""")
                .params(run.cursor(), run.cursor(), at(run.doubt()), run.claim().id(), run.claim().token(), run.head())
                .update() == 1;
    }

    /** Frees the lane until a time; void if the token is lost. */
    void postpone(Run run, Instant due, int attempts, Instant doubt, LastError error) {
        boolean progress = run.cursor() > run.claim().cursor();
        jdbc.sql("""
                update lane set cursor = ?, owner = null, due = ?, attempts = ?, doubt = ?,
                    error = coalesce(cast(? as text), error), refused = ?, window_start = ?, window_count = ?,
                    failing = coalesce(case when ? then null else failing end, ?)
                where id = ? and token = ?""")
                .params(run.cursor(), at(due), attempts, at(doubt), rows.text(error), run.offer().refused(),
                        at(run.pace().windowStart()), run.pace().count(), progress,
                        error == null ? null : at(run.claim().clock().now()), run.claim().id(), run.claim().token())
                .update();
    }

    /** Makes every lane to that side that waits due at once. */
    void wake(Side side) {
        jdbc.sql("""
                update lane set due = current_timestamp
                where side = ? and owner is null and due > current_timestamp""").param(text(side)).update();
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
}
