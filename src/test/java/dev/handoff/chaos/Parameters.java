package dev.handoff.chaos;

import java.time.Duration;
import java.util.Random;

import dev.handoff.Database;

/**
 * How long and how hard a run is. Each is a system property {@code handoff.chaos.<name>}.
 *
 * @param seed    of the dice: what is posted, what agents do, when processes are killed
 * @param seconds how long things go wrong, without the time in which processes start again
 * @param chance  of each kind of fault at each call of the support system; property {@code percent}
 */
record Parameters(long seed, Duration seconds, int sessions, int kills, double chance, Database database, int replicas) {

    static Parameters of(Database database, int replicas) {
        return new Parameters(Long.getLong("handoff.chaos.seed", new Random().nextInt(1_000_000)),
                Duration.ofSeconds(Integer.getInteger("handoff.chaos.seconds", 25)),
                Integer.getInteger("handoff.chaos.sessions", 30), Integer.getInteger("handoff.chaos.kills", 2),
                Integer.getInteger("handoff.chaos.percent", 3) / 100.0, database, replicas);
    }

    @Override
    public String toString() {
        return database + ", " + replicas + (replicas == 1 ? " replica, " : " replicas, ") + sessions + " sessions, "
                + seconds.toSeconds() + " s, seed " + seed;
    }
}
