package dev.handoff.session;

import java.time.Duration;
import java.util.List;

/**
 * A bot's wish that people take over.
 *
 * @param id                the bot's id of it; may be null
 * @param user              may be null
 * @param history           messages not posted before, oldest first
 * @param unfinishedIntents what the bot was working on
 * @param team              the team that the bot names; null: to be resolved
 * @param note              for the agents only; may be null
 * @param patience            how long the answer may wait for the confirmation from over there
 */
public record HandoffRequest(String id, User user, List<Message> history, List<String> unfinishedIntents, String team,
        String note, Duration patience) {
}
