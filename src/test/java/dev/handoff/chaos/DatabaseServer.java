package dev.handoff.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import dev.handoff.Database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

/**
 * The database of one run. PostgreSQL is a server of the run's own, which can be made to stand still or to crash; H2
 * lives in the application's process, so that whatever kills the one kills the other.
 */
final class DatabaseServer implements AutoCloseable {

    private final String url;
    private final EmbeddedPostgres server;
    private final Path data;

    private DatabaseServer(String url, EmbeddedPostgres server, Path data) {
        this.url = url;
        this.server = server;
        this.data = data;
    }

    static DatabaseServer start(Database kind) {
        if (kind == Database.H2) {
            return new DatabaseServer(kind.create(), null, null);
        }
        try {
            Path data = Files.createTempDirectory("chaos-postgres");
            // The embedded server's own default answers a commit before it is written.
            EmbeddedPostgres server = EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(true)
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .setServerConfig("synchronous_commit", "on").start();
            return new DatabaseServer(server.getJdbcUrl("postgres", "postgres"), server, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return url;
    }

    /** Whether it can fail without the application. */
    boolean isSeparate() {
        return server != null;
    }

    /** Stands still, with all its connections, for a time. */
    void pause(Duration time) {
        List<Long> all = Stream.concat(Stream.of(postmaster()), postmaster().children()).map(ProcessHandle::pid)
                .toList();
        Signals.stop(all);
        try {
            Pause.of(time);
        } finally {
            Signals.goOn(all);
        }
    }

    /** One of its processes is killed: it drops all connections, and recovers from its log. */
    void crash(Random dice) {
        List<ProcessHandle> all = postmaster().children().toList();
        Signals.kill(all.get(dice.nextInt(all.size())).pid());
    }

    private ProcessHandle postmaster() {
        try {
            long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).trim());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
