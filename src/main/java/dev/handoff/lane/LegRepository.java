package dev.handoff.lane;

import java.util.List;
import java.util.Set;
import java.util.UUID;

import dev.handoff.session.StoredJson;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The table {@code leg}. Written only in a transaction that has checked the lane's token. */
@Repository
class LegRepository {

    private final JdbcClient jdbc;
    private final StoredJson json;

    LegRepository(JdbcClient jdbc, StoredJson json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Leg find(UUID session, String connection) {
        return jdbc.sql("""
                select refs, posted, handoff_seq, since_seq, failed_seq, answered_seq, remains from leg
                where session = ? and connection = ?""")
                .params(session, connection)
                .query((row, number) -> new Leg(session, connection, json.strings(row.getString("refs")),
                        marks(row.getString("posted")), row.getLong("handoff_seq"), row.getLong("since_seq"),
                        row.getLong("failed_seq"), row.getLong("answered_seq"), remains(row.getString("remains"))))
                .optional().orElseGet(() -> Leg.none(session, connection));
    }

    void save(Leg leg) {
        int updated = jdbc.sql("""
                update leg set refs = ?, posted = ?, handoff_seq = ?, since_seq = ?, failed_seq = ?, answered_seq = ?,
                    remains = ?
                where session = ? and connection = ?""")
                .params(json.write(leg.refs()), json.write(leg.posted()), leg.handoffSeq(), leg.sinceSeq(),
                        leg.failedSeq(), leg.answeredSeq(), json.write(leg.remains()), leg.session(), leg.connection())
                .update();
        if (updated == 0) {
            jdbc.sql("""
                    insert into leg (session, connection, refs, posted, handoff_seq, since_seq, failed_seq,
                        answered_seq, remains)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?)""")
                    .params(leg.session(), leg.connection(), json.write(leg.refs()), json.write(leg.posted()),
                            leg.handoffSeq(), leg.sinceSeq(), leg.failedSeq(), leg.answeredSeq(), json.write(leg.remains()))
                    .update();
        }
    }

    private Set<String> marks(String stored) {
        return stored == null ? Set.of() : Set.of(json.read(stored, String[].class));
    }

    private List<Remains> remains(String stored) {
        return stored == null ? List.of() : List.of(json.read(stored, Remains[].class));
    }
}
