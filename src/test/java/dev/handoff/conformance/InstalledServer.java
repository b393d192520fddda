package dev.handoff.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.util.FileSystemUtils;

/**
 * A real support system on this machine: the one whose folder among the kit's files has a {@code server.sh}, which
 * installs, starts and stops it. Each start gives the desk as it was made.
 */
final class InstalledServer implements AutoCloseable {

    static final String SCRIPT = "server.sh";
    /** What webhooks are signed with. */
    static final String SECRET = "installed-webhook-secret";

    private static final int CANNOT_BE_HAD = 77;
    /** Made once, and kept for the tests that follow in this process. */
    private static final Path DESK = desk();

    private final Path folder;
    private final Map<String, String> environment;
    private final int webhookPort;
    private final Map<String, String> values = new LinkedHashMap<>();

    private InstalledServer(Path folder, Map<String, String> environment, int webhookPort) {
        this.folder = folder;
        this.environment = environment;
        this.webhookPort = webhookPort;
    }

    /**
     * @param more what the script is told beside, or instead of, where the desk is and where its webhooks go
     * @throws NotHere with the script's own words if it cannot be had on this machine
     */
    static InstalledServer start(Map<String, String> more) {
        int port = freePort();
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("SERVER_FOLDER", DESK.toString());
        environment.put("SERVER_WEBHOOK", "http://127.0.0.1:" + port + "/v1/webhooks/rung");
        environment.put("SERVER_SECRET", SECRET);
        environment.putAll(more);
        InstalledServer server = new InstalledServer(folder(), environment, port);
        server.started().lines().filter(line -> line.matches("[a-z][a-z0-9-]*=.*")).forEach(line -> server.values
                .put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return server;
    }

    private String started() {
        try {
            return run("start");
        } catch (IllegalStateException e) {
            // Half of it may run.
            run("stop");
            throw e;
        }
    }

    /** Its address. */
    String url() {
        return values.get("url");
    }

    /** The port of this machine that its webhooks call; the connection's name in their path is {@code rung}. */
    int webhookPort() {
        return webhookPort;
    }

    /** What there is, reached at an address that may be another one than the server's own. */
    Account account(String address) {
        Placeholders known = new Placeholders().with("server", address);
        for (Map.Entry<String, String> value : values.entrySet()) {
            known = known.with(value.getKey(), value.getValue());
        }
        return Account.read(folder, Account.ROUTES).filled(known);
    }

    private static Path folder() {
        try (Stream<Path> folders = Files.list(Account.FILES)) {
            return folders.filter(each -> Files.isExecutable(each.resolve(SCRIPT))).findFirst()
                    .orElseThrow(() -> new NotHere("no folder of " + Account.FILES + " has a " + SCRIPT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path desk() {
        try {
            Path desk = Files.createTempDirectory("handoff-desk");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(desk.toFile())));
            return desk;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(String action) {
        try {
            Path errors = Files.createTempFile("server", ".txt");
            ProcessBuilder builder = new ProcessBuilder(folder.resolve(SCRIPT).toAbsolutePath().toString(), action)
                    .redirectError(errors.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            List<String> said = Files.readAllLines(errors);
            Files.delete(errors);
            if (code == CANNOT_BE_HAD) {
                throw new NotHere(output.strip());
            }
            if (code != 0) {
                throw new IllegalStateException(SCRIPT + " " + action + " ended with " + code + ": " + String.join("\n", said));
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        run("stop");
    }
}
