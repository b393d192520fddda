package dev.handoff.sandbox;

import java.time.Instant;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A line of a conversation.
 *
 * @param id                counts over the whole account
 * @param secret            a private note, which the contact never sees
 * @param sourceId          the caller's mark; null for none
 * @param contentAttributes may be empty, never null
 */
record Message(long id, Type type, String content, String contentType, boolean secret, String sourceId,
        Sender sender, ObjectNode contentAttributes, Instant createdAt) {

    /** Chatwoot numbers them in this order. */
    enum Type {
        INCOMING, OUTGOING, ACTIVITY, TEMPLATE
    }

    /** Who wrote it; null where nobody did, as with activities. */
    record Sender(SenderKind kind, long id, String name) {

        static Sender of(Contact contact) {
            return new Sender(SenderKind.CONTACT, contact.id(), contact.name());
        }

        static Sender of(SandboxSeed.Agent agent) {
            return new Sender(SenderKind.AGENT, agent.id(), agent.name());
        }

        static Sender of(SandboxSeed.Bot bot) {
            return new Sender(SenderKind.BOT, bot.id(), bot.name());
        }
    }

    enum SenderKind {
        CONTACT, AGENT, BOT
    }
}
