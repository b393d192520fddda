package dev.handoff.session;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A team of the support system.
 *
 * @param id   the system's id; null while only the name is known
 * @param name as people read it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Team(String id, String name) {
}
