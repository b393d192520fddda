package dev.handoff.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How Chatwoot writes a contact. */
final class ContactJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ContactJson() {
    }

    /** As the meta of a conversation shows it. */
    static ObjectNode brief(Contact contact) {
        ObjectNode json = JSON.objectNode();
        json.set("additional_attributes", contact.additionalAttributes());
        json.put("availability_status", "offline")
                .put("email", contact.email())
                .put("id", contact.id())
                .put("name", contact.name())
                .put("phone_number", contact.phoneNumber())
                .put("blocked", contact.blocked())
                .put("identifier", contact.identifier())
                .put("thumbnail", "")
                .put("created_at", contact.createdAt().getEpochSecond());
        json.set("custom_attributes", contact.customAttributes());
        return json;
    }

    static ObjectNode full(Desk desk, Contact contact) {
        ObjectNode json = brief(contact);
        ArrayNode threads = json.putArray("contact_inboxes");
        desk.contacts().threadsOf(contact.id()).forEach(thread -> threads.add(thread(desk, thread)));
        return json;
    }

    static ObjectNode thread(Desk desk, ContactInbox thread) {
        ObjectNode json = JSON.objectNode().put("source_id", thread.sourceId());
        json.set("inbox", AccountJson.inboxOfContact(desk));
        return json;
    }

    /** As the sender of a message. */
    static ObjectNode sender(Contact contact) {
        ObjectNode json = JSON.objectNode();
        json.set("additional_attributes", contact.additionalAttributes());
        json.set("custom_attributes", contact.customAttributes());
        return json.put("email", contact.email())
                .put("id", contact.id())
                .put("identifier", contact.identifier())
                .put("name", contact.name())
                .put("phone_number", contact.phoneNumber())
                .put("thumbnail", "")
                .put("blocked", contact.blocked())
                .put("type", "contact");
    }
}
