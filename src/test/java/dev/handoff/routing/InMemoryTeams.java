package dev.handoff.routing;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

import dev.handoff.session.Team;

/** Support systems as far as routing sees them: they have teams, cannot be reached, or hang. */
public class InMemoryTeams implements TeamDirectory {

    private final Map<String, CompletableFuture<List<Team>>> teams = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<List<Team>>> afterRefresh = new ConcurrentHashMap<>();

    private final Map<String, CompletableFuture<Optional<Boolean>>> doors = new ConcurrentHashMap<>();

    /** Gives a connection these teams, with the ids 1, 2, 3 … */
    void has(String connection, String... names) {
        teams.put(connection, CompletableFuture.completedFuture(numbered(names)));
    }

    /** The connection gets these teams, which only a new read shows. */
    void gets(String connection, String... names) {
        afterRefresh.put(connection, CompletableFuture.completedFuture(numbered(names)));
    }

    void cannotBeReached(String connection) {
        teams.put(connection, CompletableFuture.failedFuture(new IllegalStateException("Connection refused")));
    }

    void hangs(String connection) {
        teams.put(connection, new CompletableFuture<>());
    }

    @Override
    public CompletableFuture<List<Team>> teams(String connection) {
        return teams.getOrDefault(connection, CompletableFuture.failedFuture(new IllegalStateException("never set")));
    }

    @Override
    public CompletableFuture<List<Team>> refresh(String connection) {
        CompletableFuture<List<Team>> now = afterRefresh.remove(connection);
        if (now != null) {
            teams.put(connection, now);
        }
        return teams(connection);
    }

    /** @param open null: the system does not tell */
    void isOpen(String connection, Boolean open) {
        doors.put(connection, CompletableFuture.completedFuture(Optional.ofNullable(open)));
    }

    void doesNotTell(String connection) {
        doors.put(connection, CompletableFuture.failedFuture(new IllegalStateException("Connection refused")));
    }

    @Override
    public CompletableFuture<Boolean> open(String connection, Team team) {
        return doors.getOrDefault(connection, CompletableFuture.completedFuture(Optional.empty()))
                .thenApply(open -> open.orElse(null));
    }

    private static List<Team> numbered(String... names) {
        return IntStream.range(0, names.length).mapToObj(i -> new Team(String.valueOf(i + 1), names[i])).toList();
    }
}
