package dev.handoff.sandbox;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Contacts, as Chatwoot makes, changes and finds them. Creating one is no upsert. */
final class ContactApi {

    private static final int PAGE = 15;
    private static final int LONGEST_STRING = 255;
    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{1,14}");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");

    Answer create(Call call) {
        call.refuseNul();
        Contacts contacts = call.desk().contacts();
        Contact contact;
        ContactInbox thread = null;
        synchronized (contacts) {
            contact = validated(call, contacts, null);
            boolean inThread = call.present("inbox_id") != null;
            if (inThread && !contacts.free(inbox(call), sourceId(call))) {
                throw Refusal.crash();
            }
            contacts.put(contact);
            if (inThread) {
                thread = contacts.open(contact.id(), inbox(call), sourceId(call));
            }
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode payload = body.putObject("payload");
        payload.set("contact", ContactJson.full(call.desk(), contact));
        ObjectNode inbox = payload.putObject("contact_inbox");
        inbox.set("inbox", thread == null ? null : AccountJson.inboxOfContact(call.desk()));
        inbox.put("source_id", thread == null ? null : thread.sourceId());
        return Answer.ok(body);
    }

    Answer update(Call call) {
        call.refuseNul();
        Contacts contacts = call.desk().contacts();
        Contact changed;
        synchronized (contacts) {
            changed = validated(call, contacts, find(call));
            contacts.put(changed);
        }
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("payload", ContactJson.full(call.desk(), changed));
        return Answer.ok(body);
    }

    Answer show(Call call) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("payload", ContactJson.full(call.desk(), find(call)));
        return Answer.ok(body);
    }

    Answer search(Call call) {
        String wanted = call.present("q");
        if (wanted == null) {
            throw Refusal.unprocessable("Specify search string with parameter q");
        }
        String q = wanted.strip().toLowerCase(Locale.ROOT);
        List<Contact> found = call.desk().contacts().all().stream()
                .filter(contact -> Stream.of(contact.name(), contact.email(), contact.phoneNumber(), contact.identifier())
                        .anyMatch(text -> text != null && text.toLowerCase(Locale.ROOT).contains(q)))
                .sorted(Comparator.comparing(Contact::id)).toList();
        return list(call, found, true);
    }

    Answer filter(Call call) {
        call.refuseNul();
        List<Contact> found = ContactFilter.of(call.value("payload")).apply(call.desk().contacts());
        return list(call, found, false);
    }

    Answer openThread(Call call) {
        ContactInbox thread = call.desk().contacts().open(find(call).id(), inbox(call), sourceId(call));
        if (thread == null) {
            // The unique index raises what only the opening of a conversation handles.
            throw Refusal.crash();
        }
        return Answer.ok(ContactJson.thread(call.desk(), thread));
    }

    private static long inbox(Call call) {
        long inbox = call.desk().seed().inbox().id();
        if (!Long.valueOf(inbox).equals(call.number("inbox_id"))) {
            throw Refusal.notFound();
        }
        return inbox;
    }

    /** The one that the caller wants, else a new one. */
    private static String sourceId(Call call) {
        String wanted = call.present("source_id");
        return wanted == null ? UUID.randomUUID().toString() : wanted;
    }

    private static Contact find(Call call) {
        Contact contact = call.desk().contacts().find(call.number("id"));
        if (contact == null) {
            throw Refusal.notFound();
        }
        return contact;
    }

    /** The contact that the call asks for, with the attributes of the former one merged, or the refusal. */
    private static Contact validated(Call call, Contacts contacts, Contact former) {
        String name = former == null || call.has("name") ? call.text("name") : former.name();
        String email = former == null || call.has("email") ? call.present("email") : former.email();
        String phone = former == null || call.has("phone_number") ? call.present("phone_number") : former.phoneNumber();
        String identifier = former == null || call.has("identifier") ? call.present("identifier") : former.identifier();
        ObjectNode custom = former == null ? call.object("custom_attributes")
                : former.customAttributes().deepCopy().setAll(call.object("custom_attributes"));
        ObjectNode additional = former == null ? call.object("additional_attributes")
                : former.additionalAttributes().deepCopy().setAll(call.object("additional_attributes"));
        Long id = former == null ? null : former.id();
        String lowerEmail = email == null ? null : email.toLowerCase(Locale.ROOT);

        Errors errors = new Errors();
        errors.add(tooLong(name), "Name", "name", tooLongMessage());
        errors.add(tooLong(email), "Email", "email", tooLongMessage());
        errors.add(tooLong(phone), "Phone number", "phone_number", tooLongMessage());
        errors.add(tooLong(identifier), "Identifier", "identifier", tooLongMessage());
        errors.add(taken(lowerEmail == null ? null : contacts.ownerOfEmail(lowerEmail), id), "Email", "email",
                "has already been taken");
        errors.add(email != null && !EMAIL.matcher(email).matches(), "Email", "email", "is invalid");
        errors.add(taken(identifier == null ? null : contacts.ownerOfIdentifier(identifier), id), "Identifier",
                "identifier", "has already been taken");
        errors.add(taken(phone == null ? null : contacts.ownerOfPhone(phone), id), "Phone number", "phone_number",
                "has already been taken");
        errors.add(phone != null && !E164.matcher(phone).matches(), "Phone number", "phone_number",
                "should be in e164 format");
        errors.raise();
        return new Contact(id == null ? contacts.nextId() : id, name == null ? "" : name, lowerEmail, phone, identifier,
                custom, additional, former == null ? call.flag("blocked") : former.blocked(),
                former == null ? call.desk().now() : former.createdAt());
    }

    private static boolean taken(Long owner, Long self) {
        return owner != null && !owner.equals(self);
    }

    private static boolean tooLong(String text) {
        return text != null && text.codePointCount(0, text.length()) > LONGEST_STRING;
    }

    private static String tooLongMessage() {
        return "is too long (maximum is " + LONGEST_STRING + " characters)";
    }

    private static Answer list(Call call, List<Contact> found, boolean tellsMore) {
        Long asked = call.number("page");
        int page = asked == null ? 1 : Math.max(1, asked.intValue());
        List<Contact> shown = found.stream().skip((long) (page - 1) * PAGE).limit(PAGE).toList();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode meta = body.putObject("meta").put("count", tellsMore ? shown.size() : found.size());
        if (asked == null) {
            meta.put("current_page", 1);
        } else {
            meta.put("current_page", call.text("page"));
        }
        if (tellsMore) {
            meta.put("has_more", found.size() > (long) page * PAGE);
        }
        var payload = body.putArray("payload");
        shown.forEach(contact -> payload.add((JsonNode) ContactJson.full(call.desk(), contact)));
        return Answer.ok(body);
    }

    /** What is wrong with a record, in the order of its attributes. */
    private static final class Errors {

        private final List<String> messages = new ArrayList<>();
        private final List<String> attributes = new ArrayList<>();

        void add(boolean wrong, String label, String attribute, String message) {
            if (wrong) {
                messages.add(label + " " + message);
                if (!attributes.contains(attribute)) {
                    attributes.add(attribute);
                }
            }
        }

        void raise() {
            if (!messages.isEmpty()) {
                throw Refusal.invalid(messages, attributes);
            }
        }
    }
}
