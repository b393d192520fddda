package dev.handoff.routes;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Keeps calls of routes and their exchange by edited ones apart. Camel would wait for a moment without calls, which
 * under load does not come, and then break those that are on their way.
 */
public class RouteGate {

    private static final long PATIENCE_SECONDS = 2;

    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Runs a call of routes. May be nested. */
    public <T> T call(Supplier<T> call) {
        lock.readLock().lock();
        try {
            return call.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    /** Changes routes while no call is on its way; after two seconds also beside calls that hang. */
    void change(Change change) throws Exception {
        boolean alone = lock.writeLock().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS);
        try {
            change.run();
        } finally {
            if (alone) {
                lock.writeLock().unlock();
            }
        }
    }

    interface Change {
        void run() throws Exception;
    }
}
