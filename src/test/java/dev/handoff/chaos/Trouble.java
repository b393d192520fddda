package dev.handoff.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.handoff.Api;

/** What goes wrong: small faults all the time, and great ones one after the other, at random moments. */
final class Trouble {

    /** How much longer it may take until enough was said. */
    private static final Duration LONGER = Duration.ofMinutes(2);

    private final Parameters parameters;
    private final Random dice;
    private final SandboxProcess desk;
    private final RecordingBot told;
    private final Replicas replicas;
    private final DatabaseServer database;
    private final Map<String, Integer> happened = new TreeMap<>();
    private final List<Instant> ends = new ArrayList<>();

    Trouble(Parameters parameters, Random dice, SandboxProcess desk, RecordingBot told, Replicas replicas,
            DatabaseServer database) {
        this.parameters = parameters;
        this.dice = dice;
        this.desk = desk;
        this.told = told;
        this.replicas = replicas;
        this.database = database;
    }

    /** What goes wrong from now on with calls and webhooks. */
    void begin() {
        ArrayNode faults = Api.JSON.createArrayNode();
        faults.addObject().put("kind", "latency").put("millis", 5);
        for (String kind : new String[] {"error-before", "error-after", "reset-before", "reset-after"}) {
            fault(faults, kind, parameters.chance());
        }
        // "Again, but not yet" silences the whole connection of a node for so long: were there more of the second
        // kind, nothing else could be seen.
        fault(faults, "limited", parameters.chance()).put("retryAfterSeconds", 0);
        fault(faults, "limited", parameters.chance() / 50).put("retryAfterSeconds", 1);
        long timeout = ChaosRun.TIMEOUT.toMillis();
        fault(faults, "hang-after", parameters.chance()).put("millis", 2 * timeout);
        if (parameters.late()) {
            // Stored late, but within the settling time.
            fault(faults, "hang-before", parameters.chance() / 2).put("millis", timeout + 700);
        }
        // Only of messages does Chatwoot say 422 after it has stored.
        fault(faults, "refused-after", parameters.chance()).put("method", "POST").put("path", "/messages");
        desk.faults(faults);
        desk.webhookFaults(Api.json("{'drop': 0.3, 'repeat': 0.15, 'again': 0.15, 'late': 0.2, "
                + "'lateness': 'PT0.4S', 'swap': 0.2}"));
        told.fails(true, parameters.kills() > 0);
    }

    private static ObjectNode fault(ArrayNode faults, String kind, double chance) {
        return faults.addObject().put("kind", kind).put("probability", chance);
    }

    /** The great ones, until the time is over and enough was said. The last kill comes after the last 410. */
    void go(BooleanSupplier enough) {
        long begin = System.nanoTime();
        long total = parameters.seconds().toNanos();
        int slots = Math.max(1, parameters.kills());
        for (int slot = 0; slot < slots; slot++) {
            long step = total / (slots + 1);
            Pause.until(begin + step * slot + (long) (step * 0.5 * dice.nextDouble()));
            outage(slot == slots / 2 ? parameters.outage() : Duration.ofMillis(500 + dice.nextInt(1000)));
            begin += others(slot, slots);
            Pause.until(begin + step * slot + (long) (step * (0.6 + 0.4 * dice.nextDouble())));
            begin += kill(slot < slots - 1);
        }
        Pause.until(begin + total);
        long patience = System.nanoTime() + total + LONGER.toNanos();
        while (!enough.getAsBoolean() && System.nanoTime() < patience) {
            Pause.of(Duration.ofMillis(100));
        }
    }

    private long kill(boolean moreToCome) {
        if (parameters.kills() == 0) {
            return 0;
        }
        told.fails(true, moreToCome);
        long before = System.nanoTime();
        replicas.killOne(dice);
        // While the only one starts again nothing can be said; that is not counted.
        return replicas.isSingle() ? System.nanoTime() - before : 0;
    }

    /** Pauses of processes and of the database, spread over the slots. Gives the time that counts for nothing. */
    private long others(int slot, int slots) {
        long before = System.nanoTime();
        if (slot == slots / 3) {
            replicas.add();
        }
        for (int i = slot; i < parameters.pauses(); i += slots) {
            count("process paused");
            replicas.pauseOne(dice, ChaosRun.LEASE.plusSeconds(2));
        }
        for (int i = slot; i < parameters.databaseFaults(); i += slots) {
            if (i % 2 == 0) {
                count("database crashed");
                database.crash(dice);
            } else {
                count("database paused");
                database.pause(Duration.ofSeconds(3));
            }
            ends.add(Instant.now());
        }
        return replicas.isSingle() ? System.nanoTime() - before : 0;
    }

    private void outage(Duration time) {
        try {
            desk.down(time);
            ends.add(Instant.now().plus(time));
            count("outage");
        } catch (IllegalStateException down) {
            // The last one is not over yet.
        }
    }

    private void count(String what) {
        happened.merge(what, 1, Integer::sum);
    }

    /** When something great went wrong, or was over: a kill, the ends of an outage and of a pause. */
    List<Instant> moments() {
        return Stream.of(ends, replicas.kills(), replicas.pausesEnded()).flatMap(List::stream).toList();
    }

    /** How often what went wrong; also what the support system and the bot have counted. */
    Map<String, Integer> happened() {
        Map<String, Integer> all = new TreeMap<>(happened);
        all.putAll(told.faults());
        desk.faultCounts().fields().forEachRemaining(fault -> all.put(fault.getKey(), fault.getValue().asInt()));
        all.remove("latency");
        return all;
    }
}
