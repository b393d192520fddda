package dev.handoff.lane;

import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * When this thread's transaction began. The database's {@code current_timestamp} stands still from then on, however
 * long the transaction has waited for a lock since.
 */
@Component
class TransactionStart implements TransactionExecutionListener {

    private static final Object KEY = TransactionStart.class;

    /** As {@link System#nanoTime()} counts; now, if there is no transaction. */
    static long nanos() {
        Object began = TransactionSynchronizationManager.getResource(KEY);
        return began == null ? System.nanoTime() : (long) began;
    }

    @Override
    public void afterBegin(TransactionExecution transaction, Throwable failure) {
        if (failure == null && transaction.isNewTransaction() && !TransactionSynchronizationManager.hasResource(KEY)) {
            TransactionSynchronizationManager.bindResource(KEY, System.nanoTime());
        }
    }

    @Override
    public void afterCommit(TransactionExecution transaction, Throwable failure) {
        TransactionSynchronizationManager.unbindResourceIfPossible(KEY);
    }

    @Override
    public void afterRollback(TransactionExecution transaction, Throwable failure) {
        TransactionSynchronizationManager.unbindResourceIfPossible(KEY);
    }
}
