package dev.handoff.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import dev.handoff.Api;
import dev.handoff.App;
import dev.handoff.AppProcess;

/** The application's processes: each has its port for good, and is killed and started again. */
final class Replicas implements AutoCloseable {

    private final Map<String, Object> properties;
    private final List<Integer> ports = new ArrayList<>();
    private final List<AppProcess> running = new CopyOnWriteArrayList<>();
    private int kills;

    Replicas(Map<String, Object> properties, int count) {
        this.properties = properties;
        for (int i = 0; i < count; i++) {
            ports.add(AppProcess.freePort());
        }
    }

    void start() {
        for (int i = 0; i < ports.size(); i++) {
            running.add(start(i));
        }
    }

    private AppProcess start(int number) {
        Map<String, Object> own = new LinkedHashMap<>(properties);
        own.put("handoff.node", "node-" + number);
        return AppProcess.start(own, ports.get(number));
    }

    /** Kills one without a warning, and starts it again. */
    void killOne(Random dice) {
        int number = dice.nextInt(ports.size());
        running.get(number).kill();
        kills++;
        running.set(number, start(number));
    }

    int kills() {
        return kills;
    }

    /** Whether it runs or not. */
    Api any(Random dice) {
        return new Api(address(dice.nextInt(ports.size())) + "/v1/bots/shop", App.BOT_KEY);
    }

    /** Where the support system calls. */
    String webhooks() {
        return address(0) + "/v1/webhooks/desk";
    }

    private String address(int number) {
        return "http://localhost:" + ports.get(number);
    }

    List<String> logs() {
        return running.stream().map(process -> process.log().toString()).toList();
    }

    @Override
    public void close() {
        running.forEach(AppProcess::close);
    }
}
