package dev.handoff.session;

/** Who wrote an entry. */
public enum Author {
    USER, BOT, AGENT, SYSTEM
}
