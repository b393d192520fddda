package dev.handoff.lane;

import static dev.handoff.lane.LaneRows.at;
import static dev.handoff.lane.LaneRows.instant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.handoff.session.StoredJson;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code turn}: one row for each handoff that is neither confirmed nor given up. */
@Repository
class TurnRepository {

    private final JdbcClient jdbc;
    private final JdbcTemplate batch;
    private final StoredJson json;

    TurnRepository(JdbcClient jdbc, JdbcTemplate batch, StoredJson json) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.json = json;
    }

    /** Under the session's lock. A turn of an earlier handoff of this session ends. */
    void begin(Turn turn, Instant due) {
        jdbc.sql("delete from turn where session = ?").param(turn.session()).update();
        jdbc.sql("""
                insert into turn (session, connection, handoff_seq, since, deadline, tried, due)
                values (?, ?, ?, ?, ?, ?, ?)""")
                .params(turn.session(), turn.connection(), turn.handoff(), at(turn.since()), at(turn.deadline()),
                        json.write(turn.tried()), at(due)).update();
    }

    void end(UUID session, long handoff) {
        jdbc.sql("delete from turn where session = ? and handoff_seq = ?").params(session, handoff).update();
    }

    void lookAgain(Turn turn, Instant due) {
        jdbc.sql("update turn set due = ? where session = ? and handoff_seq = ? and connection = ?")
                .params(at(due), turn.session(), turn.handoff(), turn.connection()).update();
    }

    /** Empty if another handoff, or none, stands. */
    Optional<Turn> find(UUID session, long handoff) {
        return jdbc.sql("""
                select session, connection, handoff_seq, since, deadline, tried, current_timestamp as asked from turn
                where session = ? and handoff_seq = ?""").params(session, handoff).query(this::row).optional();
    }

    boolean anyDue() {
        return jdbc.sql("select 1 from turn where due <= current_timestamp limit 1").query(Integer.class).optional()
                .isPresent();
    }

    /** Claims turns to look at. To be called in a transaction. Who does not come to an end leaves them to others. */
    List<Turn> claimDue(int limit, Duration lease) {
        List<Turn> due = jdbc.sql("""
                select session, connection, handoff_seq, since, deadline, tried, current_timestamp as asked from turn
                where due <= current_timestamp order by due limit ? for update skip locked""")
                .param(limit).query(this::row).list();
        batch.batchUpdate("update turn set due = ? where session = ?",
                due.stream().map(turn -> new Object[] {at(turn.asked().plus(lease)), turn.session()}).toList());
        return due;
    }

    /** Makes every turn due: the chains may be others now. */
    void wake() {
        jdbc.sql("update turn set due = current_timestamp where due > current_timestamp").update();
    }

    private Turn row(ResultSet row, int number) throws SQLException {
        return new Turn(row.getObject("session", UUID.class), row.getString("connection"), row.getLong("handoff_seq"),
                instant(row, "since"), instant(row, "deadline"),
                List.of(json.read(row.getString("tried"), String[].class)), instant(row, "asked"));
    }
}
