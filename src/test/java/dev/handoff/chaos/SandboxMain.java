package dev.handoff.chaos;

import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

/** The sandbox as a process of its own, steered by its control API. The first argument is its TCP port. */
public final class SandboxMain {

    private SandboxMain() {
    }

    /** Conversations wait for an agent who takes them, and take any number of messages a minute. */
    public static void main(String[] arguments) throws InterruptedException {
        new SandboxServer(Integer.parseInt(arguments[0]),
                SandboxSeed.standard().withoutAutoAssign().withMessagesPerMinute(null)).start();
        // While it is down no other thread keeps the process alive.
        Thread.currentThread().join();
    }
}
