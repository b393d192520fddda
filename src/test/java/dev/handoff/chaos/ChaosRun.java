package dev.handoff.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.handoff.Api;
import dev.handoff.App;
import dev.handoff.chaos.Findings.Breach;

/**
 * Bots and agents talk through the application while everything around it goes wrong; then the faults end, and what
 * is over there and at the bot is compared with what was accepted. Application, support system and database are
 * processes of their own, and everything is looked at from outside.
 */
final class ChaosRun implements AutoCloseable {

    /** Of one call of the support system. */
    static final Duration TIMEOUT = Duration.ofMillis(1500);
    /** A slow machine stores what has timed out later than it was told to. */
    private static final Duration SETTLES_IN = Duration.ofSeconds(4);
    static final Duration LEASE = Duration.ofSeconds(8);
    /** Lanes at once to each side: on few processors more threads only keep a process from starting. */
    private static final int CONCURRENCY = 24;
    private static final int BOTS = 8;
    private static final int AGENTS = 2;
    /** How much of all that is said agents say; more than they do comes of handoffs' histories. */
    private static final double OF_AGENTS = 0.3;
    private static final Duration SETTLES_WITHIN = Duration.ofMinutes(3);
    /** Longer than the settling time: what would come twice has come by then. */
    private static final Duration QUIET = SETTLES_IN.plusSeconds(1);
    /** Of sessions in which something is wrong, so many are shown. */
    private static final int SHOWN = 5;
    private static final String WEBHOOK_SECRET = "webhook-secret-1";

    private final Parameters parameters;
    private final Random dice;
    private final SandboxProcess desk;
    private final RecordingBot told;
    private final DatabaseServer database;
    private final Replicas replicas;
    private final PostingBot posting;
    private final List<Dialogue> dialogues;
    private final Inspection inspection;
    private final Trouble trouble;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean going = true;

    ChaosRun(Parameters parameters) {
        this.parameters = parameters;
        dice = new Random(parameters.seed());
        desk = SandboxProcess.start();
        told = new RecordingBot(parameters.seed());
        database = DatabaseServer.start(parameters.on());
        replicas = new Replicas(properties(), parameters.replicas());
        posting = new PostingBot(replicas);
        dialogues = IntStream.rangeClosed(1, parameters.sessions()).mapToObj(Dialogue::new).toList();
        inspection = new Inspection(desk, told, posting, replicas);
        trouble = new Trouble(parameters, new Random(dice.nextLong()), desk, told, replicas, database);
        // With several replicas each event is told twice, to two of them.
        desk.tell(replicas.webhooks(0), WEBHOOK_SECRET, true);
        if (parameters.replicas() > 1) {
            desk.tell(replicas.webhooks(1), WEBHOOK_SECRET, false);
        }
    }

    private Map<String, Object> properties() {
        Map<String, Object> properties = App.properties(database.url(), desk.port());
        String connection = "handoff.connections.desk";
        properties.put(connection + ".timeout", TIMEOUT.toMillis() + "ms");
        properties.put(connection + ".capabilities.settles-in", SETTLES_IN.toMillis() + "ms");
        properties.put(connection + ".capabilities.messages-per-minute", 100_000);
        properties.put(connection + ".settings.webhook-secret", WEBHOOK_SECRET);
        properties.put(connection + ".concurrency", CONCURRENCY);
        properties.put(connection + ".sweep", "1s");
        properties.put("handoff.bots.shop.routing.ask-intent", false);
        properties.put("handoff.bots.shop.callback.url", told.url());
        properties.put("handoff.bots.shop.callback.secret", RecordingBot.SECRET);
        properties.put("handoff.bots.shop.callback.timeout", "2s");
        properties.put("handoff.bots.shop.callback.concurrency", CONCURRENCY);
        properties.put("handoff.lane.lease", LEASE.toMillis() + "ms");
        properties.put("handoff.lane.longest-retry", "2s");
        properties.put("handoff.lane.poll", "250ms");
        return properties;
    }

    /** Runs it and prints its table. @return what broke a promise */
    Findings run() throws InterruptedException, ExecutionException {
        System.out.println("Chaos begins: " + parameters);
        replicas.start();
        trouble.begin();
        List<Future<?>> work = talk();
        trouble.go(this::enough);
        going = false;
        for (Future<?> one : work) {
            one.get();
        }
        desk.heal();
        told.fails(false, false);
        Map<String, Integer> happened = trouble.happened();
        long healed = System.nanoTime();
        Findings findings = settle(healed + SETTLES_WITHIN.toNanos());
        print(findings, happened, Duration.ofNanos(System.nanoTime() - healed));
        return findings;
    }

    /** Both sides have said much; on a slow machine that takes longer. */
    private boolean enough() {
        return told.answers() >= parameters.entries() / 10
                && posting.lines() + told.answers() >= parameters.entries();
    }

    private List<Future<?>> talk() {
        List<Future<?>> work = new ArrayList<>();
        double aSecond = (double) parameters.entries() / parameters.seconds().toSeconds();
        Duration botsPace = pace(aSecond * (1 - OF_AGENTS) / BOTS);
        for (int i = 0; i < BOTS; i++) {
            int number = i;
            List<Dialogue> own = IntStream.range(0, dialogues.size()).filter(n -> n % BOTS == number)
                    .mapToObj(dialogues::get).toList();
            Random ownDice = new Random(dice.nextLong());
            work.add(threads.submit(() -> posting.lead(own, botsPace, ownDice, () -> going)));
        }
        // About half of what agents do is an answer.
        Duration staffPace = pace(aSecond * OF_AGENTS * 2 / AGENTS);
        for (int i = 0; i < AGENTS; i++) {
            Staff staff = new Staff(desk, staffPace, i);
            Random ownDice = new Random(dice.nextLong());
            work.add(threads.submit(() -> staff.work(ownDice, () -> going)));
        }
        return work;
    }

    private static Duration pace(double aSecond) {
        return Duration.ofNanos((long) (1e9 / aSecond));
    }

    /** Hands over what is the bot's, so that everything must be over there; waits until nothing is amiss. */
    private Findings settle(long deadline) {
        List<Dialogue> amiss = dialogues;
        while (!amiss.isEmpty() && System.nanoTime() < deadline) {
            amiss.forEach(this::handOver);
            Pause.of(Duration.ofSeconds(1));
            amiss = inspection.amiss(amiss, dice);
        }
        Pause.of(QUIET);
        return inspection.of(dialogues, dice);
    }

    private void handOver(Dialogue dialogue) {
        Api api = replicas.any(dice);
        boolean spoke = !dialogue.accepted().isEmpty();
        if (spoke && "bot".equals(api.session(dialogue.session()).text("/control"))) {
            posting.handOver(dialogue, dice);
        }
    }

    private void print(Findings findings, Map<String, Integer> happened, Duration recovery) {
        StringBuilder table = new StringBuilder("\nChaos: " + parameters + "\n");
        row(table, "entries of bots", posting.lines());
        row(table, "answers told to bots", told.answers());
        row(table, "handoffs", dialogues.stream().flatMap(one -> one.handoffs().stream())
                .filter(Dialogue.Handoff::begun).count());
        row(table, "kills", replicas.kills().size());
        row(table, "calls repeated by bots", posting.repeats());
        happened.forEach((fault, count) -> row(table, "fault: " + fault, count));
        for (Breach breach : Breach.values()) {
            row(table, breach.toString(), findings.count(breach));
        }
        row(table, "twice, by a paused worker", findings.excused());
        row(table, "slowest after a blow, ms",
                inspection.slowestRecovery(dialogues, trouble.moments()).toMillis());
        row(table, "all well after, ms", recovery.toMillis());
        if (!findings.none()) {
            table.append(findings.details()).append("logs: ").append(replicas.logs()).append('\n');
            inspection.amiss(dialogues, dice).stream().limit(SHOWN).map(Dialogue::session).forEach(session ->
                    table.append("log of ").append(session).append(": ").append(replicas.any(dice).log(session))
                            .append('\n'));
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
        desk.close();
        database.close();
    }
}
