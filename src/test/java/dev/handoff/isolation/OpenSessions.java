package dev.handoff.isolation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Copies a session that was handed over and waits, with all its rows, as often as one likes. */
final class OpenSessions {

    /** Much larger transactions become slow on H2. */
    private static final int A_COMMIT = 2000;
    private static final String ID =
            "cast(concat('00000000-0000-0007-0000-', lpad(cast(x as varchar), 12, '0')) as uuid)";
    private static final String TEXT = "concat('waiting-', cast(x as varchar))";

    private final String url;

    OpenSessions(String url) {
        this.url = url;
    }

    /** One table's copy: which columns are new, and by which column the session is known. */
    private record Copy(String table, String key, List<String> fresh, List<String> left) {
    }

    private static final List<Copy> COPIES = List.of(
            new Copy("session", "id", List.of("id", "session_key"), List.of()),
            new Copy("entry", "session", List.of("session"), List.of()),
            new Copy("leg", "session", List.of("session"), List.of()),
            new Copy("lane", "session", List.of("session"), List.of("id")),
            new Copy("reader", "session", List.of("session", "conversation"), List.of("id")));

    void copy(String bot, String session, int count) {
        try (Connection connection = DriverManager.getConnection(url)) {
            UUID original = original(connection, bot, session);
            for (int from = 1; from <= count; from += A_COMMIT) {
                for (Copy copy : COPIES) {
                    String sql = sql(connection, copy, from, Math.min(count, from + A_COMMIT - 1));
                    try (PreparedStatement insert = connection.prepareStatement(sql)) {
                        insert.setObject(1, original);
                        insert.executeUpdate();
                    }
                }
            }
            // As PostgreSQL does by itself within a minute.
            connection.createStatement().execute("analyze");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UUID original(Connection connection, String bot, String session) throws SQLException {
        try (PreparedStatement found = connection.prepareStatement(
                "select id from session where bot = ? and session_key = ?")) {
            found.setString(1, bot);
            found.setString(2, session);
            ResultSet row = found.executeQuery();
            row.next();
            return row.getObject(1, UUID.class);
        }
    }

    private static String sql(Connection connection, Copy copy, int from, int to)
            throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet all = connection.getMetaData().getColumns(null, null, copy.table(), null)) {
            while (all.next()) {
                columns.add(all.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        columns.removeAll(copy.left());
        List<String> values = columns.stream().map(column -> !copy.fresh().contains(column) ? column
                : column.equals(copy.key()) ? ID : TEXT).toList();
        String series = connection.getMetaData().getDatabaseProductName().equals("H2") ? "system_range"
                : "generate_series";
        return "insert into %s (%s) select %s from %s cross join %s(%d, %d) as numbers(x) where %s = ?".formatted(
                copy.table(), String.join(", ", columns), String.join(", ", values), copy.table(), series, from, to,
                copy.key());
    }

    /** Whether nobody works on anything, and nothing is due. */
    boolean atRest() {
        try (Connection connection = DriverManager.getConnection(url);
                ResultSet row = connection.createStatement().executeQuery("""
                        select (select count(*) from lane where due is not null)
                            + (select count(*) from reader where due is not null)""")) {
            row.next();
            return row.getLong(1) == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
