package dev.handoff.routing;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.handoff.session.Team;

import org.springframework.stereotype.Component;

/** Reads the directory, and lets no dead support system hold anybody up for long, or twice. */
@Component
class TeamsOverThere {

    /** How long a handoff may wait for the list of teams before it is decided without. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** How long a handoff may wait for whether a team takes conversations. */
    private static final Duration DOOR_PATIENCE = Duration.ofSeconds(5);
    /** How long nobody waits for a connection that was silent. */
    private static final Duration SILENCE = Duration.ofSeconds(10);
    /** How long who sets a table may wait. */
    private static final Duration LONG_PATIENCE = Duration.ofSeconds(10);

    private final TeamDirectory directory;
    private final Map<String, Teams> lastRead = new ConcurrentHashMap<>();
    private final Cache<String, Boolean> unheard = Caffeine.newBuilder().expireAfterWrite(SILENCE).build();
    private final Cache<String, Boolean> silent = Caffeine.newBuilder().expireAfterWrite(SILENCE).build();

    TeamsOverThere(TeamDirectory directory) {
        this.directory = directory;
    }

    /** The teams, as far as they can be known without waiting; empty when the last read failed or none has ended. */
    Optional<Teams> known(String connection) {
        CompletableFuture<Teams> reading = read(directory::teams, connection);
        if (!reading.isDone()) {
            return Optional.ofNullable(lastRead.get(connection));
        }
        return reading.isCompletedExceptionally() ? Optional.empty() : Optional.of(reading.join());
    }

    /** Completes when the teams are known, or will not be soon. Never fails. */
    CompletableFuture<Void> soon(String connection) {
        CompletableFuture<Teams> reading = read(directory::teams, connection);
        if (reading.isDone() || silent.getIfPresent(connection) != null) {
            return CompletableFuture.completedFuture(null);
        }
        return reading.copy().orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).handle((teams, failure) -> {
            if (failure != null) {
                silent.put(connection, true);
            }
            return null;
        });
    }

    /** How a team stands to what comes now. */
    enum Door {
        OPEN, CLOSED,
        /** The support system does not answer. */
        SILENT
    }

    /** Waits a little; a system that does not tell is open. */
    Door door(String connection, Team team) {
        if (unheard.getIfPresent(connection) != null) {
            return Door.SILENT;
        }
        try {
            Boolean open = directory.open(connection, team).get(DOOR_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return Boolean.FALSE.equals(open) ? Door.CLOSED : Door.OPEN;
        } catch (TimeoutException e) {
            unheard.put(connection, true);
            return Door.SILENT;
        } catch (ExecutionException e) {
            return Door.SILENT;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Door.SILENT;
        }
    }

    /** @throws TeamsUnknown when the support system cannot be read */
    Teams fresh(String connection) {
        return await(read(directory::refresh, connection), LONG_PATIENCE, connection);
    }

    /** Starts a read, whose end runs the action; it is not run when the read fails. */
    void whenRead(String connection, Runnable action) {
        read(directory::teams, connection).thenRun(action);
    }

    private CompletableFuture<Teams> read(Function<String, CompletableFuture<List<Team>>> how, String connection) {
        CompletableFuture<List<Team>> teams;
        try {
            teams = how.apply(connection);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
        return teams.thenApply(list -> {
            Teams read = new Teams(list);
            lastRead.put(connection, read);
            return read;
        });
    }

    private static Teams await(CompletableFuture<Teams> reading, Duration patience, String connection) {
        try {
            return reading.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TeamsUnknown(connection, "no answer within " + patience.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new TeamsUnknown(connection, e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TeamsUnknown(connection, "interrupted", e);
        }
    }
}
