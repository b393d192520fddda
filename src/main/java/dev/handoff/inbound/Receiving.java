package dev.handoff.inbound;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.handoff.inbound.DeliveryRepository.Delivery;
import dev.handoff.session.PeopleLog;
import dev.handoff.session.SessionRepository;
import dev.handoff.session.SessionRow;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SupportSystem.Changed;
import dev.handoff.support.SupportSystem.Event;
import dev.handoff.support.SupportSystem.Received;
import dev.handoff.support.SupportSystems;

import org.springframework.stereotype.Component;

/** What becomes of a webhook: it rings the bell of its conversation, and what only it tells enters the log. */
@Component
class Receiving {

    private final SupportSystems systems;
    private final ReaderRepository readers;
    private final SessionRepository sessions;
    private final PeopleLog log;

    Receiving(SupportSystems systems, ReaderRepository readers, SessionRepository sessions, PeopleLog log) {
        this.systems = systems;
        this.readers = readers;
        this.sessions = sessions;
        this.log = log;
    }

    /**
     * Is part of the caller's transaction. One delivery may tell of several conversations; those that are known need
     * not wait for the others.
     *
     * @return false: one of them is ours, perhaps, and not known yet; the delivery must be looked at again
     */
    boolean receive(Delivery delivery) throws CallFailed {
        Received received = systems.get(delivery.connection()).receive(delivery.raw());
        boolean known = true;
        for (Event event : received.events()) {
            Optional<UUID> session = readers.sessionOf(delivery.connection(), event.conversation());
            session.ifPresent(id -> append(delivery.connection(), log.lock(id), event));
        }
        for (Changed changed : received.conversations()) {
            // Our own messages are nothing new.
            boolean here = readers.sessionOf(delivery.connection(), changed.id()).isPresent();
            if (here && Marks.session(changed.message()).isEmpty()) {
                readers.ring(delivery.connection(), changed.id());
            }
            known &= here || !mayBeOurs(changed);
        }
        return known;
    }

    /** Without a mark nobody knows; a mark that is not ours, or of a session of somebody else, says that it is not. */
    private boolean mayBeOurs(Changed changed) {
        return changed.mark() == null
                || Marks.session(changed.mark()).flatMap(sessions::find).isPresent();
    }

    private void append(String connection, SessionRow session, Event event) {
        String key = connection + ":" + event.conversation() + ":" + event.message();
        if (event.kind() == Event.Kind.RATING) {
            log.rated(session, key, event.score(), event.text());
            return;
        }
        // What the log does not have yet will be read as it is now.
        Long seq = log.known(session.id(), List.of(key)).get(key);
        if (seq != null && event.kind() == Event.Kind.DELETED) {
            log.corrected(session, seq, null, key + ":deleted");
        } else if (seq != null) {
            log.corrected(session, seq, event.text(), key + ":" + Integer.toHexString(event.text().hashCode()));
        }
    }
}
