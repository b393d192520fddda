package dev.handoff.routing;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.handoff.session.Team;
import dev.handoff.support.SupportDirectory;
import dev.handoff.support.SupportSystem.Availability;

import org.springframework.stereotype.Component;

/** The teams as the connections' own route sets list them. */
@Component
class SupportTeams implements TeamDirectory {

    private final SupportDirectory directory;

    SupportTeams(SupportDirectory directory) {
        this.directory = directory;
    }

    @Override
    public CompletableFuture<List<Team>> teams(String connection) {
        return directory.teams(connection);
    }

    @Override
    public CompletableFuture<List<Team>> refresh(String connection) {
        return directory.refreshTeams(connection);
    }

    @Override
    public CompletableFuture<Boolean> open(String connection, Team team) {
        return directory.availability(connection, team).thenApply(Availability::open);
    }
}
