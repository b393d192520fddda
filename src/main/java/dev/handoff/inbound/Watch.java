package dev.handoff.inbound;

import java.util.Map;
import java.util.UUID;

import dev.handoff.lane.ConversationWatch;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;

import org.springframework.stereotype.Component;

/** Conversations that are there are read from now on: when a bell rings, or by the clock. */
@Component
class Watch implements ConversationWatch {

    private final ReaderRepository readers;
    private final SupportSystems systems;

    Watch(ReaderRepository readers, SupportSystems systems) {
        this.readers = readers;
        this.systems = systems;
    }

    @Override
    public void opened(UUID session, String connection, Map<String, String> refs) {
        readers.opened(session, connection, refs);
    }

    @Override
    public void confirmed(UUID session, String connection) {
        readers.confirmed(session, connection);
        SupportSystem system = systems.get(connection);
        if (ReadingClock.serves(system)) {
            readers.look(session, connection, ReadingClock.wait(system, 0));
        }
    }
}
