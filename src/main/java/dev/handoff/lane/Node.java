package dev.handoff.lane;

import java.util.UUID;

import dev.handoff.HandoffProperties;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** This process, as the owner of lanes. */
@Component
public class Node implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Node.class);

    private final String configured;
    private final String id;
    private final LaneRepository lanes;
    private final JdbcTemplate jdbc;
    private volatile boolean running;

    Node(HandoffProperties properties, LaneRepository lanes, JdbcTemplate jdbc) {
        this.configured = properties.node();
        this.id = configured.isBlank() ? UUID.randomUUID().toString() : configured;
        this.lanes = lanes;
        this.jdbc = jdbc;
    }

    /** Names this process among all that share the database. */
    public String id() {
        return id;
    }

    @Override
    public void start() {
        running = true;
        recover();
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Before the API is open: from then on leases under this node's name may be this process's own. */
    @Override
    public int getPhase() {
        return 0;
    }

    /**
     * Frees the lanes that earlier processes have left behind: all on H2, whose file belongs to one process; this
     * node's own where it has a name that it keeps. All others wait for the end of the lease.
     */
    private void recover() {
        if (outlived()) {
            int freed = lanes.voidLeases(predecessor());
            if (freed > 0) {
                LOG.info("{} lanes go on that were being worked on when the last process ended", freed);
            }
        }
    }

    /** Whether some leases are known to be those of processes that have ended. */
    public boolean outlived() {
        return exclusive() || !configured.isBlank();
    }

    /** Whose leases those are; null: everybody's. */
    public String predecessor() {
        return exclusive() ? null : id;
    }

    private boolean exclusive() {
        return "H2".equals(jdbc.execute(
                (ConnectionCallback<String>) connection -> connection.getMetaData().getDatabaseProductName()));
    }
}
