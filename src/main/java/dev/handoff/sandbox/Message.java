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
 * @param failed            whether its webhook could not be delivered to the inbox's address
 */
record Message(long id, Type type, String content, String contentType, boolean secret, String sourceId,
        Sender sender, ObjectNode contentAttributes, Instant createdAt, boolean failed) {

    private static final String DELETED = "This message was deleted";

    /** Chatwoot numbers them in this order. */
    enum Type {
        INCOMING, OUTGOING, ACTIVITY, TEMPLATE
    }

    /** As it is shown after an agent has deleted it. */
    Message deleted() {
        return new Message(id, type, DELETED, contentType, secret, sourceId, sender,
                contentAttributes.deepCopy().put("deleted", true), createdAt, failed);
    }

    Message withAttributes(ObjectNode attributes) {
        return new Message(id, type, content, contentType, secret, sourceId, sender, attributes, createdAt, failed);
    }

    Message undeliverable() {
        return new Message(id, type, content, contentType, secret, sourceId, sender, contentAttributes, createdAt,
                true);
    }

    /** Said by an agent to the contact. */
    boolean isReply() {
        return type == Type.OUTGOING && !secret && sender != null && sender.kind() == SenderKind.AGENT;
    }

    /** Who wrote it; null where nobody is named: activities, templates, and what was sent by the agent's own phone. */
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
