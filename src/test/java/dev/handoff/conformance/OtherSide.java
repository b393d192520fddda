package dev.handoff.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

/**
 * Who plays the support system.
 *
 * @param values {@code server} is its address, where there is one; and what else the account's file may name
 * @param words  for the head of the report card
 */
record OtherSide(String words, Map<String, String> values, AutoCloseable stop) {

    private static final int CANNOT_BE_HAD = 77;

    static OtherSide start(Account account) {
        return switch (account.server()) {
            case "recorded" -> new OtherSide("recorded exchanges", Map.of(), () -> { });
            case "sandbox" -> sandbox();
            default -> script(account.server());
        };
    }

    private static OtherSide sandbox() {
        SandboxServer server = new SandboxServer(0, SandboxSeed.standard().withoutAutoAssign().withTokens(
                List.of(new SandboxSeed.Token(SandboxSeed.TOKEN, 1), new SandboxSeed.Token("agent", 4))));
        server.start();
        return new OtherSide("the built-in sandbox", Map.of("server", "http://127.0.0.1:" + server.port()), server);
    }

    /** @throws NotHere if the script says that the server cannot be had on this machine */
    private static OtherSide script(String script) {
        Ended started = run(script, "start");
        List<String> lines = started.output().lines().toList();
        if (started.code() == CANNOT_BE_HAD) {
            throw new NotHere(lines.isEmpty() ? script + " says that it cannot be had here" : lines.get(lines.size() - 1));
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String line : lines) {
            if (line.matches("[a-z][a-z0-9-]*=.*")) {
                values.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
            }
        }
        if (started.code() != 0 || !values.containsKey("url")) {
            throw new NotReady(script + " start must end with code 0 and print url=<the server's address>; it ended with "
                    + started.code() + " and said:\n" + started.output());
        }
        values.put("server", values.get("url"));
        return new OtherSide("the real server of " + script, values, () -> run(script, "stop"));
    }

    private record Ended(int code, String output) {
    }

    private static Ended run(String script, String action) {
        try {
            Process process = new ProcessBuilder(Path.of(script).toAbsolutePath().toString(), action)
                    .redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("The server's script cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
