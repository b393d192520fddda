package dev.handoff.lane;

import java.util.List;
import java.util.UUID;

import dev.handoff.session.SessionRepository;
import dev.handoff.session.SupportLog;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Gives sessions back to their bots whose people are on a connection that is not configured any more: nobody else could
 * answer the user. Handoffs that are under way there go on elsewhere, as if the connection were down.
 */
@Component
class Disconnected {

    private static final Logger LOG = LoggerFactory.getLogger(Disconnected.class);

    private final SessionRepository sessions;
    private final SupportSystems systems;
    private final SupportLog log;
    private final LaneRepository lanes;
    private final Retiring retiring;
    private final TransactionTemplate transaction;

    Disconnected(SessionRepository sessions, SupportSystems systems, SupportLog log, LaneRepository lanes,
            Retiring retiring, TransactionTemplate transaction) {
        this.sessions = sessions;
        this.systems = systems;
        this.log = log;
        this.lanes = lanes;
        this.retiring = retiring;
        this.transaction = transaction;
    }

    @EventListener(ApplicationReadyEvent.class)
    void giveBack() {
        List<String> configured = systems.all().stream().map(SupportSystem::name).toList();
        for (String connection : sessions.connectionsInUse()) {
            if (!configured.contains(connection)) {
                giveBack(connection);
            }
        }
    }

    private void giveBack(String connection) {
        long given = sessions.withPeopleOn(connection).stream().filter(id -> giveBack(id, connection)).count();
        if (given > 0) {
            LOG.warn("The connection {} is not configured any more: {} sessions that were with people there are given"
                    + " back to their bots. Their conversations are closed over there when it is configured again",
                    connection, given);
        }
    }

    private boolean giveBack(UUID session, String connection) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            long carried = lanes.find(session, Destination.connection(connection)).map(lane -> lane.lane().cursor())
                    .orElse(0L);
            boolean given = log.disconnected(session, connection, carried);
            if (given) {
                lanes.lock(session, Destination.connection(connection)).ifPresent(retiring::leave);
            }
            return given;
        }));
    }
}
