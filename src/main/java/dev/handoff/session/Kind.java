package dev.handoff.session;

/** What an entry says. */
public enum Kind {
    MESSAGE, NOTE, HANDOFF, ASSIGNED, JOINED, LEFT, CLOSED, RATING, UNDELIVERED
}
