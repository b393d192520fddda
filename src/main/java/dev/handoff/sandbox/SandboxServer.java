package dev.handoff.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpServer;

/**
 * A stand-in for Chatwoot's API (v4.15) on loopback. It keeps what it is told in memory, answers as Chatwoot does,
 * errors included, and can be told to go wrong ({@link #faults()}, {@link #down()}).
 *
 * <p>On its port it also serves {@code /sandbox/faults}, {@code /sandbox/limits}, {@code /sandbox/reset},
 * {@code /sandbox/calls} and {@code /sandbox/conversations}, for tests in other processes.
 */
public final class SandboxServer implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final long DICE = 20260601;

    static {
        // The JDK's server closes idle connections after 30 s and keeps 200 of them: to a caller that is about to
        // send, that is a call whose outcome nobody knows. And without nodelay an answer can wait 40 ms for an ACK.
        setUnlessSet("sun.net.httpserver.idleInterval", "86400");
        setUnlessSet("sun.net.httpserver.maxIdleConnections", "100000");
        setUnlessSet("sun.net.httpserver.nodelay", "true");
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    private final SandboxSeed seed;
    private final Clock clock;
    private final Faults faults = new Faults(DICE);
    private final Tally tally = new Tally();
    private final ObjectMapper mapper = new ObjectMapper().registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private final AgentView view = new AgentView(this::desk);
    private final Agents agents = new Agents(this::desk);
    private final Webhooks webhooks = new Webhooks(mapper, DICE, this::desk);
    private volatile Desk desk;
    private volatile Consumer<RecordedCall> listener = call -> { };
    private volatile int port;
    private HttpServer server;
    private ExecutorService workers;
    private ScheduledExecutorService timer;

    /** With the standard seed. */
    public SandboxServer(int port) {
        this(port, SandboxSeed.standard());
    }

    /** @param port 0 takes a free one */
    public SandboxServer(int port, SandboxSeed seed) {
        this(port, seed, Clock.systemUTC());
    }

    SandboxServer(int port, SandboxSeed seed, Clock clock) {
        this.port = port;
        this.seed = seed;
        this.clock = clock;
        this.desk = newDesk();
    }

    private Desk newDesk() {
        return new Desk(seed, clock, webhooks::happened, webhooks::inbox);
    }

    /** Begins to serve; from then on {@link #port()} is known. */
    public synchronized void start() {
        workers = workers();
        timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "sandbox-timer"));
        listen();
    }

    /** Ends for good. Calls that hang get no answer. */
    public synchronized void stop() {
        silence();
        if (workers != null) {
            workers.shutdownNow();
            timer.shutdownNow();
            workers = null;
            webhooks.close();
        }
    }

    @Override
    public void close() {
        stop();
    }

    /** Refuses connections and breaks those that are open, until {@link #up()}. What it holds stays. */
    public synchronized void down() {
        silence();
    }

    /** Is down for so long, then comes up by itself. */
    public synchronized void down(Duration time) {
        silence();
        timer.schedule(this::comeBack, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A connection of somebody else may have taken the port meanwhile: then as soon as it is free. */
    private void comeBack() {
        try {
            up();
        } catch (UncheckedIOException taken) {
            timer.schedule(this::comeBack, 100, TimeUnit.MILLISECONDS);
        }
    }

    /** Serves again, on the same port; does nothing if it was never started or is stopped. */
    public synchronized void up() {
        if (server == null && workers != null) {
            listen();
        }
    }

    private void listen() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), BACKLOG);
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox cannot listen on port " + port
                    + " (handoff.sandbox-port; 0 takes a free one)", e);
        }
        port = server.getAddress().getPort();
        server.createContext("/", new Dispatch(mapper, this::desk, faults, tally, call -> listener.accept(call)));
        server.createContext("/sandbox", new ControlApi(mapper, this));
        server.setExecutor(workers);
        server.start();
    }

    private void silence() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** The base URL, as a connection's settings want it. */
    public String url() {
        return "http://127.0.0.1:" + port;
    }

    public SandboxSeed seed() {
        return seed;
    }

    public Faults faults() {
        return faults;
    }

    /** How many messages a conversation takes a minute; null lifts the limit. Until the next reset. */
    public void limitMessagesPerMinute(Integer limit) {
        if (limit != null && limit < 1) {
            throw new IllegalArgumentException("messagesPerMinute must be 1 or more, or null for no limit");
        }
        desk.messagesPerMinute(limit);
    }

    /** How many characters a message may have. Until the next reset. */
    public void longestMessage(int characters) {
        desk.longestMessage(characters);
    }

    /** Deletes a conversation, as an administrator can. */
    public void delete(long conversation) {
        desk.delete(conversation);
    }

    /** Forgets everything but the seed and the webhooks' addresses; faults end, counters and ids begin anew. */
    public void reset() {
        faults.clear();
        webhooks.faults(WebhookFaults.NONE);
        desk = newDesk();
        tally.clear();
        up();
    }

    /** Is told of every call of Chatwoot's API that was carried out or refused; must be quick and must not throw. */
    public void listen(Consumer<RecordedCall> to) {
        listener = to;
    }

    /** The conversations as an agent sees them. */
    public AgentView view() {
        return view;
    }

    /** What agents do. */
    public Agents agents() {
        return agents;
    }

    /** Where it tells what happens. */
    public Webhooks webhooks() {
        return webhooks;
    }

    /** How many calls came, by {@code METHOD template}. */
    public Map<String, Long> calls() {
        return tally.counts().calls();
    }

    Tally tally() {
        return tally;
    }

    Desk desk() {
        return desk;
    }

    /** A virtual thread for each call where the JVM has them (from 21), else a thread. */
    private static ExecutorService workers() {
        try {
            return (ExecutorService) MethodHandles.publicLookup().findStatic(Executors.class,
                    "newVirtualThreadPerTaskExecutor", MethodType.methodType(ExecutorService.class)).invoke();
        } catch (NoSuchMethodException e) {
            return Executors.newCachedThreadPool(task -> daemon(task, "sandbox-worker"));
        } catch (Throwable e) {
            throw new IllegalStateException("Cannot make the sandbox's threads", e);
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
