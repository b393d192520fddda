package dev.handoff.session;

/** Who answers the user now. */
public enum Control {
    /** The bot. */
    BOT,
    /** People, but nobody has taken the conversation yet. */
    QUEUE,
    /** A person. */
    AGENT
}
