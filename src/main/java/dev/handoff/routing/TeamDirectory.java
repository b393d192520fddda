package dev.handoff.routing;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.handoff.session.Team;

/**
 * Tells which teams a connection has. No call blocks: who asks decides how long to wait. A future completes
 * exceptionally when the support system cannot be read, with a message that a person understands.
 */
public interface TeamDirectory {

    /**
     * The teams as they were read not long ago; reads them if they were not. While a read is under way, everybody gets
     * the same future.
     */
    CompletableFuture<List<Team>> teams(String connection);

    /**
     * The teams as they are now, for who has just made one over there. A read that ended a few seconds ago may serve, so
     * that a mistyped name does not become a request at each handoff.
     */
    CompletableFuture<List<Team>> refresh(String connection);

    /** Whether the team takes conversations now; null: the support system does not tell. */
    CompletableFuture<Boolean> open(String connection, Team team);
}
