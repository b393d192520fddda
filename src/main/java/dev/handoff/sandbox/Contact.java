package dev.handoff.sandbox;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A person on the other side; null fields were never given. */
record Contact(long id, String name, String email, String phoneNumber, String identifier,
        ObjectNode customAttributes, ObjectNode additionalAttributes, boolean blocked, Instant createdAt) {

    /** Chatwoot hides from its lists whom nobody could recognise. */
    boolean recognisable() {
        return email != null || phoneNumber != null || identifier != null;
    }
}
