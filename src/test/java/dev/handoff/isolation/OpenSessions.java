package dev.handoff.isolation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** Copies a session that was handed over and waits, with all its rows, as often as one likes. */
final class OpenSessions {

    private static final int A_COMMIT = 2000;

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
            connection.setAutoCommit(false);
            UUID original = original(connection, bot, session);
            Map<Copy, PreparedStatement> statements = new LinkedHashMap<>();
            for (Copy copy : COPIES) {
                statements.put(copy, connection.prepareStatement(sql(connection, copy)));
            }
            for (int i = 0; i < count; i += A_COMMIT) {
                for (var statement : statements.entrySet()) {
                    fill(statement.getKey(), statement.getValue(), original, i, Math.min(count, i + A_COMMIT));
                }
                connection.commit();
            }
            // As PostgreSQL does by itself within a minute.
            connection.createStatement().execute("analyze");
            connection.commit();
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

    private static String sql(Connection connection, Copy copy) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet all = connection.getMetaData().getColumns(null, null, copy.table(), null)) {
            while (all.next()) {
                columns.add(all.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        columns.removeAll(copy.left());
        List<String> values = columns.stream().map(column -> !copy.fresh().contains(column) ? column
                : column.equals(copy.key()) ? "cast(? as uuid)" : "cast(? as varchar)").toList();
        return "insert into %s (%s) select %s from %s where %s = ?".formatted(copy.table(), String.join(", ", columns),
                String.join(", ", values), copy.table(), copy.key());
    }

    /** The key's column comes before the other fresh one in every table. */
    private static void fill(Copy copy, PreparedStatement insert, UUID original, int from, int to)
            throws SQLException {
        for (int i = from; i < to; i++) {
            insert.setObject(1, new UUID(7, i));
            if (copy.fresh().size() > 1) {
                insert.setString(2, "waiting-" + i);
            }
            insert.setObject(copy.fresh().size() + 1, original);
            insert.addBatch();
        }
        insert.executeBatch();
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
