package dev.handoff.support;

import java.util.concurrent.Callable;

/**
 * May forbid an HTTP request at the last moment before it leaves. A lane whose lease has run down must not send any
 * more: somebody else may be sending by now.
 */
@FunctionalInterface
public interface SendGuard {

    /** @throws SendForbidden if nothing may be sent any more */
    void beforeSend() throws SendForbidden;

    /** Runs an operation, all of whose requests ask this guard first. Routes run on the thread of their caller. */
    default <T> T call(Callable<T> operation) throws Exception {
        SendGuard before = GuardedSending.GUARD.get();
        GuardedSending.GUARD.set(this);
        try {
            return operation.call();
        } finally {
            if (before == null) {
                GuardedSending.GUARD.remove();
            } else {
                GuardedSending.GUARD.set(before);
            }
        }
    }

    /** A guard's no; the operation fails with {@link CallFailed.Outcome#NOT_SENT}. */
    class SendForbidden extends RuntimeException {

        public SendForbidden(String message) {
            super(message, null, false, false);
        }
    }
}
