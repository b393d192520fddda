package dev.handoff.chaos;

import java.time.Duration;
import java.util.Random;

import dev.handoff.Database;

/**
 * How long and how hard a run is. Each is a system property {@code handoff.chaos.<name>}.
 *
 * @param seed     of the dice: what is posted, what agents do, what goes wrong when
 * @param seconds  how long things go wrong, without the time in which an only process starts again
 * @param entries  how many entries are accepted before that ends, both sides together
 * @param kills    how often a process is killed
 * @param pauses   how often a process stands still beyond its lease
 * @param outage   the longest time for which the support system is down, in seconds
 * @param database how often the database is gone for seconds, where it is a process of its own
 * @param chance   of each kind of fault at each call of the support system; property {@code percent}
 * @param late     whether what timed out may be stored after the time-out
 * @param on       the database
 */
record Parameters(long seed, Duration seconds, int entries, int sessions, int kills, int pauses, Duration outage,
        int databaseFaults, double chance, boolean late, Database on, int replicas) {

    static Parameters of(Database on, int replicas) {
        int kills = number("kills", 1);
        return new Parameters(Long.getLong("handoff.chaos.seed", new Random().nextInt(1_000_000)),
                Duration.ofSeconds(number("seconds", 18)), number("entries", 300), number("sessions", 30), kills,
                number("pauses", replicas > 1 ? 1 : 0), Duration.ofSeconds(number("outage", 3)),
                on == Database.H2 ? 0 : number("database-faults", 2), number("percent", 5) / 100.0,
                Boolean.parseBoolean(System.getProperty("handoff.chaos.late", "true")), on, replicas);
    }

    private static int number(String name, int otherwise) {
        return Integer.getInteger("handoff.chaos." + name, otherwise);
    }

    @Override
    public String toString() {
        return on + ", " + replicas + (replicas == 1 ? " replica, " : " replicas, ") + sessions + " sessions, seed "
                + seed;
    }
}
