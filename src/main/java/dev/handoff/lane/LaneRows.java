package dev.handoff.lane;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

import dev.handoff.session.SessionState.LastError;
import dev.handoff.session.Side;
import dev.handoff.session.StoredJson;

import org.springframework.stereotype.Component;

/** How lanes stand in their table. */
@Component
class LaneRows {

    private final StoredJson json;

    LaneRows(StoredJson json) {
        this.json = json;
    }

    /** @param before {@link System#nanoTime()} before the database was asked */
    LaneRepository.Locked locked(ResultSet row, long before) throws SQLException {
        return new LaneRepository.Locked(claim(row, before), row.getString("owner"), instant(row, "due"),
                instant(row, "failing"));
    }

    String text(LastError error) {
        return json.write(error);
    }

    private Claim claim(ResultSet row, long before) throws SQLException {
        return new Claim(row.getLong("id"), row.getObject("session", UUID.class), destination(row),
                row.getLong("token"), row.getLong("head"), row.getLong("cursor"), row.getBoolean("live"),
                row.getInt("attempts"), instant(row, "doubt"), new Offer(row.getLong("offered"), row.getInt("refused")),
                instant(row, "window_start"), row.getInt("window_count"),
                json.read(row.getString("error"), LastError.class), new DatabaseClock(instant(row, "asked"), before), 0);
    }

    static Destination destination(ResultSet row) throws SQLException {
        return new Destination(Side.valueOf(row.getString("side").toUpperCase(Locale.ROOT)),
                row.getString("destination"));
    }

    static String text(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime at(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
