package dev.handoff.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Sends POSIX signals to processes. */
final class Signals {

    private Signals() {
    }

    /** They stand still, and know nothing of it, until {@link #goOn}. */
    static void stop(Collection<Long> pids) {
        send("-STOP", pids);
    }

    static void goOn(Collection<Long> pids) {
        send("-CONT", pids);
    }

    static void kill(long pid) {
        send("-KILL", List.of(pid));
    }

    private static void send(String signal, Collection<Long> pids) {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        pids.forEach(pid -> command.add(pid.toString()));
        try {
            // One of them may have ended by itself: that is no failure.
            new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
