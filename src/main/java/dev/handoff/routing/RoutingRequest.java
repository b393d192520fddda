package dev.handoff.routing;

import java.util.List;
import java.util.Objects;

import dev.handoff.session.User;

/**
 * What a handoff says about where it wants to go.
 *
 * @param unfinishedIntents what the bot was working on; null and blanks count as none
 * @param team              the team that the bot names, by id or name; null or blank: to be resolved
 * @param user              may be null
 * @param asked             whether the user has been asked for an intent before, and did not answer
 */
public record RoutingRequest(List<String> unfinishedIntents, String team, User user, boolean asked) {

    public RoutingRequest {
        unfinishedIntents = unfinishedIntents == null ? List.of() : unfinishedIntents.stream()
                .filter(Objects::nonNull).map(String::strip).filter(intent -> !intent.isEmpty()).toList();
        team = team == null || team.isBlank() ? null : team.strip();
    }
}
