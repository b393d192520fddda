package dev.handoff.sandbox;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ten threads, as Chatwoot has; what concerns one conversation stays on one of them, and so in order. */
final class WebhookLanes implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookLanes.class);
    private static final int LANES = 10;
    /** How long one waits to be overtaken if nothing comes. */
    private static final long LONGEST_HOLD_MILLIS = 1000;

    /** One thread; only it touches what is held back. */
    private static final class Lane {

        private final ScheduledExecutorService thread;
        private final Map<Long, Queue<Runnable>> held = new HashMap<>();

        Lane(ScheduledExecutorService thread) {
            this.thread = thread;
        }

        void hold(long conversation, Runnable job) {
            held.computeIfAbsent(conversation, key -> new ArrayDeque<>()).add(job);
            thread.schedule(() -> release(conversation), LONGEST_HOLD_MILLIS, TimeUnit.MILLISECONDS);
        }

        void release(long conversation) {
            Queue<Runnable> jobs = held.remove(conversation);
            if (jobs != null) {
                jobs.forEach(Lane::run);
            }
        }

        static void run(Runnable job) {
            try {
                job.run();
            } catch (RuntimeException e) {
                LOG.error("Sandbox: a webhook could not be sent", e);
            }
        }
    }

    private final Lane[] lanes = new Lane[LANES];
    private boolean closed;

    /**
     * @param delayMillis how much later it is done; others overtake it
     * @param swapped     whether it waits until another one of the conversation has been done
     */
    synchronized void add(long conversation, long delayMillis, boolean swapped, Runnable job) {
        if (closed) {
            return;
        }
        int number = (int) Math.floorMod(conversation, (long) LANES);
        if (lanes[number] == null) {
            lanes[number] = new Lane(Executors.newSingleThreadScheduledExecutor(WebhookLanes::daemon));
        }
        Lane lane = lanes[number];
        lane.thread.schedule(() -> {
            if (swapped && !lane.held.containsKey(conversation)) {
                lane.hold(conversation, job);
            } else {
                Lane.run(job);
                lane.release(conversation);
            }
        }, delayMillis, TimeUnit.MILLISECONDS);
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "sandbox-webhook");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public synchronized void close() {
        closed = true;
        for (Lane lane : lanes) {
            if (lane != null) {
                lane.thread.shutdownNow();
            }
        }
    }
}
