package dev.handoff.session;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What an entry carries; each kind uses some of it.
 *
 * @param text              of a message or note
 * @param name              of the person who wrote it
 * @param choices           what a bot's message offered: label only, in order
 * @param user              of a handoff
 * @param team              of a handoff: the decision; of an assignment: the team over there
 * @param because           of a handoff: why this team
 * @param unfinishedIntents of a handoff
 * @param conversation      of an assignment: {@code id} and {@code url} over there
 * @param of                of an undelivered: the entry that could not be delivered
 * @param reason            of a closed or undelivered
 * @param retryOf           the entry of which this is a new attempt
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Body(String text, String name, List<String> choices, User user, Team team, String because,
        List<String> unfinishedIntents, Map<String, String> conversation, Long of, String reason, Long retryOf) {

    public static Body text(String text) {
        return new Body(text, null, null, null, null, null, null, null, null, null, null);
    }
}
