package dev.handoff.inbound;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code sweep}: how far each connection has been swept. */
@Repository
class SweepRepository {

    private final JdbcClient jdbc;

    SweepRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A sweep that this node may do until somebody else's claim has raised the token. */
    record Sweep(String connection, String position, long token) {
    }

    /** Makes it due, whether it is there or not. */
    void due(String connection) {
        jdbc.sql("""
                insert into sweep (connection, due, token) values (?, current_timestamp, 0) on conflict do nothing""")
                .param(connection).update();
        jdbc.sql("update sweep set due = current_timestamp where connection = ? and due > current_timestamp")
                .param(connection).update();
    }

    List<String> due() {
        return jdbc.sql("select connection from sweep where due <= current_timestamp").query(String.class).list();
    }

    /** To be called in a transaction. */
    Optional<Sweep> claim(String connection, Duration lease) {
        Optional<Sweep> claimed = jdbc.sql("""
                select position, token from sweep
                where connection = ? and due <= current_timestamp for update skip locked""").param(connection)
                .query((row, number) -> new Sweep(connection, row.getString("position"), row.getLong("token") + 1))
                .optional();
        claimed.ifPresent(sweep -> jdbc.sql("update sweep set token = ?, due = ? where connection = ?")
                .params(sweep.token(), in(lease), connection).update());
        return claimed;
    }

    /** Prolongs the lease of a sweep that goes on. */
    void prolong(Sweep sweep, Duration lease) {
        jdbc.sql("update sweep set due = ? where connection = ? and token = ?")
                .params(in(lease), sweep.connection(), sweep.token()).update();
    }

    /** Ends the sweep: a lease that is being prolonged just now must not put off what is due. */
    void release(Sweep sweep, String position, Duration wait) {
        jdbc.sql("update sweep set position = ?, due = ?, token = token + 1 where connection = ? and token = ?")
                .params(position, in(wait), sweep.connection(), sweep.token()).update();
    }

    private OffsetDateTime in(Duration time) {
        return jdbc.sql("select current_timestamp").query(OffsetDateTime.class).single().plus(time);
    }
}
