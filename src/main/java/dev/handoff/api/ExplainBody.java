package dev.handoff.api;

import java.util.List;

import dev.handoff.session.User;

/** A handoff that is only tried out. */
record ExplainBody(List<String> unfinishedIntents, String team, User user) {

    List<String> intents() {
        return unfinishedIntents == null ? List.of() : unfinishedIntents;
    }
}
