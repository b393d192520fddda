package dev.handoff.session;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Tells those who follow a session's log that it has grown, without a thread each. */
@Service
class LogFollowers {

    private static final int SESSIONS_A_QUERY = 1000;

    private final Map<UUID, Set<LongConsumer>> followers = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;

    LogFollowers(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param grown gets the log's last seq, sometimes one that it has got before; must not take long
     * @return ends it
     */
    Runnable follow(UUID session, LongConsumer grown) {
        followers.compute(session, (id, others) -> {
            Set<LongConsumer> all = others == null ? ConcurrentHashMap.newKeySet() : others;
            all.add(grown);
            return all;
        });
        return () -> followers.computeIfPresent(session, (id, all) -> {
            all.remove(grown);
            return all.isEmpty() ? null : all;
        });
    }

    /** To be called in the transaction that appends; they are told when it is committed. */
    void grows(UUID session, long lastSeq) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                tell(session, lastSeq);
            }
        });
    }

    private void tell(UUID session, long lastSeq) {
        followers.getOrDefault(session, Set.of()).forEach(one -> one.accept(lastSeq));
    }

    /** Another replica may have appended: one look for all that are followed here. */
    @Scheduled(fixedDelay = 500)
    void look() {
        List<UUID> ids = List.copyOf(followers.keySet());
        for (int from = 0; from < ids.size(); from += SESSIONS_A_QUERY) {
            jdbc.sql("select id, last_seq from session where id in (:ids)")
                    .param("ids", ids.subList(from, Math.min(ids.size(), from + SESSIONS_A_QUERY)))
                    .query(row -> {
                        tell(row.getObject("id", UUID.class), row.getLong("last_seq"));
                    });
        }
    }
}
