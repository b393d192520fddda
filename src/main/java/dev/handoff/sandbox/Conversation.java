package dev.handoff.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A conversation: its levels and its lines. Whoever changes it, or reads more than one thing of it, holds its lock;
 * nothing waits while holding it.
 */
final class Conversation {

    /** What a conversation can be. */
    enum Status {
        OPEN, RESOLVED, PENDING, SNOOZED;

        String json() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Null if there is no such status. */
        static Status of(String json) {
            for (Status status : values()) {
                if (status.json().equals(json)) {
                    return status;
                }
            }
            return null;
        }
    }

    private final long id;
    private final String uuid = UUID.randomUUID().toString();
    private final ContactInbox thread;
    private final ObjectNode customAttributes;
    private final ObjectNode additionalAttributes;
    private final Instant createdAt;
    private final List<Message> messages = new ArrayList<>();
    private List<String> labels = List.of();
    private Status status;
    private Long team;
    private Long assignee;
    private boolean typing;
    private Instant lastActivityAt;
    private Instant firstReplyAt;
    private Message lastSpoken;
    private int incoming;

    Conversation(long id, ContactInbox thread, Status status, ObjectNode customAttributes,
            ObjectNode additionalAttributes, Instant createdAt) {
        this.id = id;
        this.thread = thread;
        this.status = status;
        this.customAttributes = customAttributes;
        this.additionalAttributes = additionalAttributes;
        this.createdAt = createdAt;
        this.lastActivityAt = createdAt;
    }

    /** What Chatwoot calls the display id. */
    long id() {
        return id;
    }

    String uuid() {
        return uuid;
    }

    ContactInbox thread() {
        return thread;
    }

    ObjectNode customAttributes() {
        return customAttributes;
    }

    ObjectNode additionalAttributes() {
        return additionalAttributes;
    }

    Instant createdAt() {
        return createdAt;
    }

    synchronized Instant lastActivityAt() {
        return lastActivityAt;
    }

    synchronized Instant firstReplyAt() {
        return firstReplyAt;
    }

    synchronized Status status() {
        return status;
    }

    synchronized void status(Status now) {
        status = now;
    }

    /** Null for none. */
    synchronized Long team() {
        return team;
    }

    synchronized void team(Long now) {
        team = now;
    }

    /** Null for nobody. */
    synchronized Long assignee() {
        return assignee;
    }

    synchronized void assignee(Long now) {
        assignee = now;
    }

    synchronized List<String> labels() {
        return labels;
    }

    synchronized void labels(List<String> now) {
        labels = List.copyOf(now);
    }

    synchronized boolean typing() {
        return typing;
    }

    synchronized void typing(boolean now) {
        typing = now;
    }

    synchronized void add(Message message) {
        messages.add(message);
        lastActivityAt = message.createdAt();
        if (message.type() != Message.Type.ACTIVITY) {
            lastSpoken = message;
        }
        if (message.type() == Message.Type.INCOMING) {
            incoming++;
        }
        if (message.isReply() && firstReplyAt == null) {
            firstReplyAt = message.createdAt();
        }
    }

    /** Null if there is no such line. */
    synchronized Message message(long messageId) {
        int place = position(messageId);
        return place < messages.size() && messages.get(place).id() == messageId ? messages.get(place) : null;
    }

    /** Puts a changed line in the place of the one with its id. */
    synchronized void replace(Message changed) {
        messages.set(position(changed.id()), changed);
        if (lastSpoken != null && lastSpoken.id() == changed.id()) {
            lastSpoken = changed;
        }
    }

    /** The last line that the contact can see; null if there is none. */
    synchronized Message lastPublic() {
        for (int place = messages.size() - 1; place >= 0; place--) {
            Message message = messages.get(place);
            if (message.type() != Message.Type.ACTIVITY && !message.secret()) {
                return message;
            }
        }
        return null;
    }

    /** Null if there is none. */
    synchronized Message last() {
        return messages.isEmpty() ? null : messages.get(messages.size() - 1);
    }

    /** The last line that is not an activity; null if there is none. */
    synchronized Message lastSpoken() {
        return lastSpoken;
    }

    synchronized int incoming() {
        return incoming;
    }

    synchronized int size() {
        return messages.size();
    }

    synchronized List<Message> messages() {
        return List.copyOf(messages);
    }

    /** Whether {@code limit} lines or more have come since. */
    synchronized boolean crowded(int limit, Instant since) {
        return messages.size() >= limit && !messages.get(messages.size() - limit).createdAt().isBefore(since);
    }

    /** The lines with an id of at least {@code from} and below {@code to}, in order. */
    synchronized List<Message> between(long from, long to) {
        return List.copyOf(messages.subList(position(from), Math.max(position(from), position(to))));
    }

    private int position(long messageId) {
        int low = 0;
        int high = messages.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (messages.get(middle).id() < messageId) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
