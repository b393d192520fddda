package dev.handoff.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

import dev.handoff.Api;
import dev.handoff.App;
import dev.handoff.Desks;
import dev.handoff.chaos.Findings.Breach;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;
import dev.handoff.sandbox.WebhookFaults;

/**
 * Bots and agents talk through the application while everything around it goes wrong; then the faults end, and what
 * is over there and at the bot is compared with what was accepted.
 */
final class ChaosRun implements AutoCloseable {

    private static final int BOTS = 6;
    private static final Duration TIMEOUT = Duration.ofSeconds(1);
    private static final Duration SETTLES_WITHIN = Duration.ofSeconds(60);
    private static final String WEBHOOK_SECRET = "webhook-secret-1";

    private final Parameters parameters;
    private final Random dice;
    private final ChatwootContract contract = new ChatwootContract();
    private final SandboxServer desk;
    private final RecordingBot told;
    private final Replicas replicas;
    private final PostingBot posting;
    private final Staff staff;
    private final List<Dialogue> dialogues;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean going = true;
    private int outages;

    ChaosRun(Parameters parameters) {
        this.parameters = parameters;
        dice = new Random(parameters.seed());
        desk = Desks.start(SandboxSeed.standard().withoutAutoAssign().withMessagesPerMinute(null), contract);
        told = new RecordingBot(parameters.seed());
        replicas = new Replicas(properties(), parameters.replicas());
        posting = new PostingBot(replicas);
        staff = new Staff(desk);
        dialogues = IntStream.rangeClosed(1, parameters.sessions()).mapToObj(Dialogue::new).toList();
        desk.webhooks().inbox(replicas.webhooks(), WEBHOOK_SECRET);
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = App.properties(parameters.database().create(), desk);
        String connection = "handoff.connections.desk";
        properties.put(connection + ".timeout", TIMEOUT.toMillis() + "ms");
        properties.put(connection + ".capabilities.settles-in", "2s");
        properties.put(connection + ".capabilities.messages-per-minute", 100_000);
        properties.put(connection + ".settings.webhook-secret", WEBHOOK_SECRET);
        properties.put(connection + ".sweep", "1s");
        properties.put("handoff.bots.shop.routing.ask-intent", false);
        properties.put("handoff.bots.shop.callback.url", told.url());
        properties.put("handoff.bots.shop.callback.secret", RecordingBot.SECRET);
        properties.put("handoff.bots.shop.callback.timeout", "1s");
        properties.put("handoff.lane.lease", "6s");
        return properties;
    }

    /** Runs it and prints its table. @return what broke a promise */
    Findings run() throws InterruptedException, ExecutionException {
        replicas.start();
        faults();
        List<Future<?>> work = new ArrayList<>();
        for (int i = 0; i < BOTS; i++) {
            int number = i;
            List<Dialogue> own = IntStream.range(0, dialogues.size()).filter(n -> n % BOTS == number)
                    .mapToObj(dialogues::get).toList();
            Random ownDice = new Random(dice.nextLong());
            work.add(threads.submit(() -> posting.lead(own, ownDice, () -> going)));
        }
        Random staffDice = new Random(dice.nextLong());
        work.add(threads.submit(() -> staff.work(staffDice, () -> going)));
        trouble();
        going = false;
        for (Future<?> one : work) {
            one.get();
        }
        Map<String, Integer> happened = happened();
        heal();
        long healed = System.nanoTime();
        Findings findings = settle(healed + SETTLES_WITHIN.toNanos());
        print(findings, happened, Duration.ofNanos(System.nanoTime() - healed));
        contract.assertKept();
        return findings;
    }

    private void faults() {
        for (Fault.Kind kind : List.of(Fault.Kind.ERROR_BEFORE, Fault.Kind.ERROR_AFTER, Fault.Kind.RESET_BEFORE,
                Fault.Kind.RESET_AFTER)) {
            desk.faults().add(Fault.of(kind).withProbability(parameters.chance()));
        }
        // Each of them silences the whole connection for a second: were there more, nothing else could be seen.
        desk.faults().add(Fault.of(Fault.Kind.LIMITED).withProbability(parameters.chance() / 20)
                .retryAfter(Duration.ofSeconds(1)));
        desk.faults().add(Fault.of(Fault.Kind.HANG_AFTER).withProbability(parameters.chance()).lasting(TIMEOUT.multipliedBy(2)));
        if (Boolean.getBoolean("handoff.chaos.late")) {
            // Stored late, but within the settling time. A resolve in between makes it history: it is there twice then.
            desk.faults().add(Fault.of(Fault.Kind.HANG_BEFORE).withProbability(parameters.chance() / 2)
                    .lasting(TIMEOUT.plusMillis(700)));
        }
        // Only of messages does Chatwoot say 422 after it has stored.
        desk.faults().add(Fault.of(Fault.Kind.REFUSED_AFTER).withProbability(parameters.chance()).on("POST", "/messages"));
        desk.faults().add(Fault.latency(Duration.ofMillis(5)));
        desk.webhooks().faults(new WebhookFaults(0.3, 0.15, 0.15, 0.2, Duration.ofMillis(400), 0.2));
        told.fails(true, true);
    }

    /** Kills, and takes the support system down; the last kill comes after the last 410. */
    private void trouble() {
        long begin = System.nanoTime();
        long total = parameters.seconds().toNanos();
        long slot = total / (parameters.kills() + 1);
        for (int kill = 1; kill <= parameters.kills(); kill++) {
            sleepUntil(begin + slot * (kill - 1) + (long) (slot * dice.nextDouble()));
            desk.down(Duration.ofMillis(500 + dice.nextInt(1500)));
            outages++;
            sleepUntil(begin + slot * kill - (long) (slot * 0.4 * dice.nextDouble()));
            told.fails(true, kill < parameters.kills());
            long killed = System.nanoTime();
            replicas.killOne(dice);
            // What starts again is not a time of work.
            begin += System.nanoTime() - killed;
        }
        sleepUntil(begin + total);
    }

    private static void sleepUntil(long nanos) {
        long left;
        while ((left = nanos - System.nanoTime()) > 0) {
            LockSupport.parkNanos(left);
        }
    }

    private Map<String, Integer> happened() {
        Map<String, Integer> all = new TreeMap<>(told.faults());
        new Api(desk.url(), null).get("/sandbox/calls").body().path("faults").fields()
                .forEachRemaining(fault -> all.put(fault.getKey(), fault.getValue().asInt()));
        all.remove("latency");
        all.put("outage", outages);
        return all;
    }

    private void heal() {
        desk.up();
        desk.faults().clear();
        desk.webhooks().faults(WebhookFaults.NONE);
        told.fails(false, false);
    }

    /** Hands over what is the bot's, so that everything must be over there; waits until nothing is amiss. */
    private Findings settle(long deadline) {
        Api api = replicas.any(dice);
        Findings findings;
        do {
            LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
            for (Dialogue dialogue : dialogues) {
                String control = api.session(dialogue.session()).text("/control");
                boolean complete = dialogue.accepted().isEmpty();
                if ("bot".equals(control) && !complete) {
                    posting.handOver(dialogue, dice);
                }
            }
            findings = Inspection.of(dialogues, desk, staff, told, posting, api);
        } while (!findings.none() && System.nanoTime() < deadline);
        return findings;
    }

    private void print(Findings findings, Map<String, Integer> happened, Duration recovery) {
        StringBuilder table = new StringBuilder("\nChaos: " + parameters + "\n");
        row(table, "entries of bots", dialogues.stream().mapToInt(one -> one.accepted().size()).sum());
        row(table, "entries of agents", staff.saidInAll());
        row(table, "handoffs", dialogues.stream().mapToInt(one -> one.handoffs().size()).sum());
        row(table, "kills", replicas.kills());
        row(table, "calls repeated by bots", posting.repeats());
        happened.forEach((fault, count) -> row(table, "fault: " + fault, count));
        for (Breach breach : Breach.values()) {
            row(table, breach.toString(), findings.count(breach));
        }
        row(table, "recovery, ms", recovery.toMillis());
        if (!findings.none()) {
            table.append(findings.details()).append("logs: ").append(replicas.logs()).append('\n');
        }
        System.out.println(table);
    }

    private static void row(StringBuilder table, String name, long value) {
        table.append(String.format("  %-26s %8d%n", name, value));
    }

    @Override
    public void close() {
        going = false;
        threads.shutdownNow();
        replicas.close();
        told.close();
        desk.stop();
    }
}
