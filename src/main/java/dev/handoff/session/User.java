package dev.handoff.session;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * The person who talks to the bot.
 *
 * @param id         the bot's id of the person; never taken for a number
 * @param language   a BCP 47 tag
 * @param attributes anything that the desk should see
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record User(String id, String name, String email, String phone, String language, Map<String, Object> attributes) {
}
