package dev.handoff.sandbox;

/** A contact's thread in an inbox; a source id belongs to one contact only. */
record ContactInbox(long contact, long inbox, String sourceId) {
}
