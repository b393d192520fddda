package dev.handoff.chaos;

import java.time.Duration;
import java.util.Random;

import dev.handoff.Database;

/**
 * How long and how hard a run is. Each is a system property {@code handoff.chaos.<name>}.
 *
 * @param seed    of the dice: what is posted, what agents do, when processes are killed
 * @param seconds how long things go wrong
 */
record Parameters(long seed, Duration seconds, int sessions, int kills, Database database, int replicas) {

    static Parameters of(Database database, int replicas) {
        return new Parameters(Long.getLong("handoff.chaos.seed", new Random().nextInt(1_000_000)),
                Duration.ofSeconds(Integer.getInteger("handoff.chaos.seconds", 25)),
                Integer.getInteger("handoff.chaos.sessions", 30), Integer.getInteger("handoff.chaos.kills", 2),
                database, replicas);
    }

    @Override
    public String toString() {
        return database + ", " + replicas + (replicas == 1 ? " replica, " : " replicas, ") + sessions + " sessions, "
                + seconds.toSeconds() + " s, seed " + seed;
    }
}
