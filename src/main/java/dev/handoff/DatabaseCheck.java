package dev.handoff;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Whether an H2 file keeps what was accepted. H2's own defaults do not: a commit is written half a second later
 * ({@code WRITE_DELAY}), and SIGTERM closes the file while calls are still under way ({@code DB_CLOSE_ON_EXIT}).
 */
@Component
class DatabaseCheck implements ConfigurationCheck {

    private static final String KEY = "spring.datasource.url";
    private static final Map<String, String> NEEDED = Map.of(
            "WRITE_DELAY=0", "a kill loses what was accepted half a second before",
            "DB_CLOSE_ON_EXIT=FALSE", "a stop closes the database before what is under way has ended");

    private final String url;

    DatabaseCheck(@Value("${" + KEY + ":}") String url) {
        this.url = url.toUpperCase(Locale.ROOT);
    }

    @Override
    public List<Problem> problems(HandoffProperties properties) {
        if (!url.startsWith("JDBC:H2:") || url.matches("JDBC:H2:(MEM|TCP|SSL):.*")) {
            return List.of();
        }
        return NEEDED.entrySet().stream().sorted(Map.Entry.comparingByKey())
                .filter(needed -> !url.contains(";" + needed.getKey()))
                .map(needed -> new Problem(KEY, "must have ;" + needed.getKey() + ", else " + needed.getValue()))
                .toList();
    }
}
