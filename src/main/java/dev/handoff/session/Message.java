package dev.handoff.session;

import java.time.Instant;
import java.util.List;

/**
 * What a user or a bot said, as the bot posts it.
 *
 * @param id      the bot's id of it, by which a second post is recognised; may be null
 * @param author  {@link Author#USER} or {@link Author#BOT}
 * @param choices what a bot's message offered the user, in order; may be null
 * @param at      when it was said; null means now
 * @param epoch   the epoch that the bot saw when it began to answer; null means the current one
 */
public record Message(String id, Author author, String text, List<String> choices, Instant at, Long epoch) {
}
