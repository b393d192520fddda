package dev.handoff.api;

import java.time.Duration;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;

import dev.handoff.session.HandoffRequest;
import dev.handoff.session.User;

/**
 * A handoff as it is asked for.
 *
 * @param seconds that the answer may take, {@code wait} in JSON; null means {@link #USUAL_WAIT}
 */
record HandoffBody(String id, User user, List<MessageBody> history, List<String> unfinishedIntents, String team,
        String note, @JsonProperty("wait") Integer seconds) {

    static final int USUAL_WAIT = 10;

    HandoffRequest request() {
        return new HandoffRequest(id, user,
                history == null ? List.of() : history.stream().map(MessageBody::message).toList(),
                unfinishedIntents == null ? List.of() : unfinishedIntents, team, note,
                Duration.ofSeconds(seconds == null ? USUAL_WAIT : seconds));
    }
}
