package dev.handoff.sandbox;

/**
 * Something that happened in a conversation, of which webhooks tell.
 *
 * @param event   Chatwoot's name of it
 * @param message the line's id, of events that are about a line; else null
 * @param change  what changed; null where Chatwoot does not tell
 */
record Happening(String event, Conversation conversation, Long message, Change change) {

    static final String MESSAGE_CREATED = "message_created";
    static final String MESSAGE_UPDATED = "message_updated";
    static final String CONVERSATION_CREATED = "conversation_created";
    static final String CONVERSATION_STATUS_CHANGED = "conversation_status_changed";
    static final String CONVERSATION_UPDATED = "conversation_updated";

    /** A column's value before and after; null for none. */
    record Change(String attribute, Object previous, Object current) {
    }

    static Happening opened(Conversation conversation) {
        return new Happening(CONVERSATION_CREATED, conversation, null, null);
    }

    /** Of activities no webhook tells; {@link Webhooks} never hears of them. */
    static Happening said(Conversation conversation, Message message) {
        return new Happening(MESSAGE_CREATED, conversation, message.id(), null);
    }

    static Happening edited(Conversation conversation, Message message) {
        return new Happening(MESSAGE_UPDATED, conversation, message.id(), null);
    }

    static Happening statusChanged(Conversation conversation) {
        return new Happening(CONVERSATION_STATUS_CHANGED, conversation, null, null);
    }

    static Happening changed(Conversation conversation, String attribute, Object previous, Object current) {
        return new Happening(CONVERSATION_UPDATED, conversation, null, new Change(attribute, previous, current));
    }
}
