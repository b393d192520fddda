package dev.handoff.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.handoff.Api;
import dev.handoff.App;
import dev.handoff.AppProcess;

/** The application's processes: each has its port for good, and is killed, paused and started again. */
final class Replicas implements AutoCloseable {

    private final Map<String, Object> properties;
    private final List<Integer> ports = new ArrayList<>();
    private final List<AppProcess> running = new CopyOnWriteArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> logs = new CopyOnWriteArrayList<>();
    private final List<Instant> kills = new CopyOnWriteArrayList<>();
    private final List<Instant> pausesEnded = new CopyOnWriteArrayList<>();
    private int nodes;

    Replicas(Map<String, Object> properties, int count) {
        this.properties = properties;
        for (int i = 0; i < count; i++) {
            ports.add(AppProcess.freePort());
        }
    }

    /** Starts all; of three and more the last is added by {@link #add} later. */
    void start() {
        for (int i = 0; i < Math.max(Math.min(2, ports.size()), ports.size() - 1); i++) {
            more();
        }
    }

    /** One more, under load, unless all are there. */
    void add() {
        if (running.size() < ports.size()) {
            more();
        }
    }

    private void more() {
        names.add(node());
        running.add(start(running.size(), names.get(running.size())));
    }

    private String node() {
        return "node-" + nodes++;
    }

    private AppProcess start(int number, String node) {
        Map<String, Object> own = new LinkedHashMap<>(properties);
        own.put("handoff.node", node);
        AppProcess started = AppProcess.start(own, ports.get(number));
        logs.add(started.log().toString());
        return started;
    }

    /**
     * Kills one without a warning. In its place comes the same node again, which voids its own leases, or, where there
     * are several, a new one: then the leases of the dead must run down.
     */
    void killOne(Random dice) {
        int number = dice.nextInt(running.size());
        kills.add(Instant.now());
        running.get(number).kill();
        if (ports.size() > 1 && dice.nextBoolean()) {
            names.set(number, node());
        }
        running.set(number, start(number, names.get(number)));
    }

    /** Lets one stand still. */
    void pauseOne(Random dice, Duration time) {
        List<Long> one = List.of(running.get(dice.nextInt(running.size())).pid());
        Signals.stop(one);
        try {
            Pause.of(time);
        } finally {
            pausesEnded.add(Instant.now());
            Signals.goOn(one);
        }
    }

    List<Instant> kills() {
        return kills;
    }

    /** When processes that stood still went on. */
    List<Instant> pausesEnded() {
        return pausesEnded;
    }

    boolean isSingle() {
        return ports.size() == 1;
    }

    /** Whether it runs or not. */
    Api any(Random dice) {
        return new Api(address(dice.nextInt(Math.max(1, running.size()))) + "/v1/bots/shop", App.BOT_KEY);
    }

    /** Where the support system calls. */
    String webhooks(int number) {
        return address(number) + "/v1/webhooks/desk";
    }

    private String address(int number) {
        return "http://localhost:" + ports.get(number);
    }

    List<String> logs() {
        return logs;
    }

    @Override
    public void close() {
        running.forEach(AppProcess::close);
    }
}
