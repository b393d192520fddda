package dev.handoff.session;

/**
 * The answer to a posted message.
 *
 * @param control   tells the bot whether it may answer the user
 * @param duplicate whether the same message had been posted before under the same id
 * @param late      whether it was a bot's message that the user must not see as current
 */
public record Appended(long seq, Control control, long epoch, boolean duplicate, boolean late) {
}
