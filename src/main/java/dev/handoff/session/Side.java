package dev.handoff.session;

/** Where an entry came from. */
public enum Side {
    BOT, SUPPORT
}
