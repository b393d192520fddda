package dev.handoff;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** The real application in a process of its own, so that it can be killed. */
public final class AppProcess implements AutoCloseable {

    private static final Duration STARTS_WITHIN = Duration.ofMinutes(8);
    private static final List<String> STARTS_SOON = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    private final Process process;
    private final Path log;
    private final int port;

    private AppProcess(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Starts it, and waits until it is ready. */
    public static AppProcess start(Map<String, Object> properties) {
        return start(properties, freePort());
    }

    /** As {@link #start(Map)}, where a webhook's address leads to. */
    public static AppProcess start(Map<String, Object> properties, int port) {
        try {
            Path log = Files.createTempFile("handoff-process", ".log");
            Map<String, Object> all = new LinkedHashMap<>(properties);
            all.put("server.port", port);
            Process process = JavaProcess.start(HandoffApplication.class, log, STARTS_SOON,
                    all.entrySet().stream().map(one -> "--" + one.getKey() + "=" + one.getValue()).toList());
            AppProcess app = new AppProcess(process, log, port);
            try {
                app.awaitReady();
            } catch (RuntimeException e) {
                app.kill();
                throw e;
            }
            return app;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        Api health = new Api(url() + "/actuator", null);
        await().atMost(STARTS_WITHIN).ignoreExceptions().failFast("the process ended: " + log, () -> !process.isAlive())
                .until(() -> health.get("/health/readiness").status() == 200);
    }

    /**
     * A TCP port that nobody listens on now. Not one of those from which the system takes ports for connections: such
     * a one may be in use when the process comes back after a kill.
     */
    public static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // another one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public String url() {
        return "http://localhost:" + port;
    }

    /** The operating system's number of it, to send signals to. */
    public long pid() {
        return process.pid();
    }

    public Api bot() {
        return new Api(url() + "/v1/bots/shop", App.BOT_KEY);
    }

    /** Where its output goes. */
    public Path log() {
        return log;
    }

    /**
     * Asks it to end, as an orchestrator does (SIGTERM), and waits until it has.
     *
     * @return how long it took
     */
    public Duration stop(Duration atMost) {
        long asked = System.nanoTime();
        process.destroy();
        await().atMost(atMost).pollInterval(Duration.ofMillis(10)).until(() -> !process.isAlive());
        return Duration.ofNanos(System.nanoTime() - asked);
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        await().until(() -> !process.isAlive());
    }

    @Override
    public void close() {
        kill();
    }
}
