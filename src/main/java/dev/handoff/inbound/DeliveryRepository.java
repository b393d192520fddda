package dev.handoff.inbound;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code delivery}: webhooks as they came. */
@Repository
class DeliveryRepository {

    /** More than there are threads at work, of all replicas together: else one might find all of them locked. */
    private static final int CANDIDATES = 100;

    private final JdbcClient jdbc;

    DeliveryRepository(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param asked the database's time when it was claimed
     * @param age   since it was received
     */
    record Delivery(long id, String connection, String raw, int attempts, Instant asked, Duration age) {
    }

    /** Stores it as due; false if there is one of this key already. */
    boolean insert(String connection, String key, String raw) {
        return jdbc.sql("""
                insert into delivery (connection, delivery_key, raw, due, attempts)
                values (?, ?, ?, current_timestamp, 0) on conflict do nothing""")
                .params(connection, key, raw).update() == 1;
    }

    boolean anyDue() {
        return jdbc.sql("select exists (select 1 from delivery where due <= current_timestamp)").query(Boolean.class)
                .single();
    }

    /** Locks one that is due until the end of the transaction, which is as long as it may be worked on. */
    Optional<Delivery> claim() {
        // In two steps: where rows are locked, H2 sorts all that are due to give back the first, raw text included.
        List<Long> due = jdbc.sql("select id from delivery where due <= current_timestamp order by due limit ?")
                .param(CANDIDATES).query(Long.class).list();
        return due.isEmpty() ? Optional.empty() : jdbc.sql("""
                select id, connection, raw, attempts, received_at, current_timestamp as asked from delivery
                where id in (:due) and due <= current_timestamp limit 1 for update skip locked""").param("due", due)
                .query((row, number) -> {
                    Instant asked = row.getObject("asked", OffsetDateTime.class).toInstant();
                    Instant received = row.getObject("received_at", OffsetDateTime.class).toInstant();
                    return new Delivery(row.getLong("id"), row.getString("connection"), row.getString("raw"),
                            row.getInt("attempts"), asked, Duration.between(received, asked));
                }).optional();
    }

    void done(Delivery delivery) {
        jdbc.sql("update delivery set due = null where id = ?").param(delivery.id()).update();
    }

    void park(Delivery delivery, Duration wait) {
        jdbc.sql("update delivery set due = ?, attempts = attempts + 1 where id = ?")
                .params(delivery.asked().plus(wait).atOffset(ZoneOffset.UTC), delivery.id()).update();
    }

    /** Forgets what was done before; a repetition of it is not told from a new one any more. */
    int forget(Duration age) {
        Instant now = jdbc.sql("select current_timestamp").query(OffsetDateTime.class).single().toInstant();
        return jdbc.sql("delete from delivery where due is null and received_at < ?")
                .param(now.minus(age).atOffset(ZoneOffset.UTC)).update();
    }
}
