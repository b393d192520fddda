package dev.handoff.sandbox;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The contacts of an account and their threads, found by id, identifier, e-mail, phone and source id. */
final class Contacts {

    private record Thread(long inbox, String sourceId) {
    }

    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, Contact> byId = new ConcurrentHashMap<>();
    private final Map<String, Long> byIdentifier = new ConcurrentHashMap<>();
    private final Map<String, List<Long>> byIdentifierAnyCase = new ConcurrentHashMap<>();
    private final Map<String, Long> byEmail = new ConcurrentHashMap<>();
    private final Map<String, Long> byPhone = new ConcurrentHashMap<>();
    private final Map<Thread, ContactInbox> threads = new ConcurrentHashMap<>();
    private final Map<String, ContactInbox> anyInbox = new ConcurrentHashMap<>();
    private final Map<Long, List<ContactInbox>> threadsOf = new ConcurrentHashMap<>();

    long nextId() {
        return ids.incrementAndGet();
    }

    Contact find(Long id) {
        return id == null ? null : byId.get(id);
    }

    Collection<Contact> all() {
        return byId.values();
    }

    Long ownerOfIdentifier(String identifier) {
        return byIdentifier.get(identifier);
    }

    Long ownerOfEmail(String email) {
        return byEmail.get(email);
    }

    Long ownerOfPhone(String phone) {
        return byPhone.get(phone);
    }

    List<Contact> withIdentifierAnyCase(String identifier) {
        return byIdentifierAnyCase.getOrDefault(identifier.toLowerCase(Locale.ROOT), List.of()).stream()
                .map(byId::get).toList();
    }

    /** Stores a contact in place of the one with its id. The caller holds the lock of this object. */
    void put(Contact contact) {
        Contact former = byId.put(contact.id(), contact);
        if (former != null) {
            forget(byIdentifier, former.identifier());
            forget(byEmail, former.email());
            forget(byPhone, former.phoneNumber());
            if (former.identifier() != null) {
                byIdentifierAnyCase.get(former.identifier().toLowerCase(Locale.ROOT)).remove(former.id());
            }
        }
        remember(byIdentifier, contact.identifier(), contact.id());
        remember(byEmail, contact.email(), contact.id());
        remember(byPhone, contact.phoneNumber(), contact.id());
        if (contact.identifier() != null) {
            byIdentifierAnyCase.computeIfAbsent(contact.identifier().toLowerCase(Locale.ROOT),
                    key -> new CopyOnWriteArrayList<>()).add(contact.id());
        }
    }

    /** Whether nobody has the thread yet. */
    boolean free(long inbox, String sourceId) {
        return !threads.containsKey(new Thread(inbox, sourceId));
    }

    ContactInbox threadInAnyInbox(String sourceId) {
        return sourceId == null ? null : anyInbox.get(sourceId);
    }

    List<ContactInbox> threadsOf(long contact) {
        return threadsOf.getOrDefault(contact, List.of());
    }

    /** Finds or makes the thread; gives null if the source id belongs to another contact. */
    synchronized ContactInbox open(long contact, long inbox, String sourceId) {
        ContactInbox wanted = new ContactInbox(contact, inbox, sourceId);
        ContactInbox there = threads.putIfAbsent(new Thread(inbox, sourceId), wanted);
        if (there != null) {
            return there.contact() == contact ? there : null;
        }
        anyInbox.putIfAbsent(sourceId, wanted);
        threadsOf.computeIfAbsent(contact, key -> new CopyOnWriteArrayList<>()).add(wanted);
        return wanted;
    }

    private static void remember(Map<String, Long> index, String key, long id) {
        if (key != null) {
            index.put(key, id);
        }
    }

    private static void forget(Map<String, Long> index, String key) {
        if (key != null) {
            index.remove(key);
        }
    }
}
