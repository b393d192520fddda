package dev.handoff;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A class of ours, run in a Java process of its own. */
public final class JavaProcess {

    /**
     * In a session of its own Linux gives a process its share of the processors, however many threads others have:
     * what starts while others are busy would take minutes otherwise.
     */
    private static final Path OWN_SESSION = Path.of("/usr/bin/setsid");

    private JavaProcess() {
    }

    /**
     * Starts it, with this process's class path. It ends with this process at the latest.
     *
     * @param log     where its output goes
     * @param options of the JVM
     */
    public static Process start(Class<?> main, Path log, List<String> options, List<String> arguments) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(OWN_SESSION)) {
            command.add(OWN_SESSION.toString());
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")), main.getName()));
        command.addAll(arguments);
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return process;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
