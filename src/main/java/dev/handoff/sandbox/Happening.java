package dev.handoff.sandbox;

/**
 * Something that happened in a conversation, of which webhooks tell.
 *
 * @param event   Chatwoot's name of it
 * @param message the line's id, of events that are about a line; else null
 * @param change  what changed; null where Chatwoot does not tell
 * @param typing  of events about typing; else null
 */
record Happening(String event, Conversation conversation, Long message, Change change, Typing typing) {

    static final String MESSAGE_CREATED = "message_created";
    static final String MESSAGE_UPDATED = "message_updated";
    static final String CONVERSATION_CREATED = "conversation_created";
    static final String CONVERSATION_STATUS_CHANGED = "conversation_status_changed";
    static final String CONVERSATION_UPDATED = "conversation_updated";

    static final String TYPING_ON = "conversation_typing_on";
    static final String TYPING_OFF = "conversation_typing_off";

    /** A column's value before and after; null for none. */
    record Change(String attribute, Object previous, Object current) {
    }

    /** @param secret whether a private note is being written */
    record Typing(SandboxSeed.Agent agent, boolean secret) {
    }

    static Happening opened(Conversation conversation) {
        return new Happening(CONVERSATION_CREATED, conversation, null, null, null);
    }

    static Happening said(Conversation conversation, Message message) {
        return new Happening(MESSAGE_CREATED, conversation, message.id(), null, null);
    }

    static Happening edited(Conversation conversation, Message message) {
        return new Happening(MESSAGE_UPDATED, conversation, message.id(), null, null);
    }

    static Happening typing(Conversation conversation, SandboxSeed.Agent agent, boolean on, boolean secret) {
        return new Happening(on ? TYPING_ON : TYPING_OFF, conversation, null, null, new Typing(agent, secret));
    }

    static Happening statusChanged(Conversation conversation) {
        return new Happening(CONVERSATION_STATUS_CHANGED, conversation, null, null, null);
    }

    static Happening changed(Conversation conversation, String attribute, Object previous, Object current) {
        return new Happening(CONVERSATION_UPDATED, conversation, null, new Change(attribute, previous, current), null);
    }
}
