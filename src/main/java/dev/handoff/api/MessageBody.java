package dev.handoff.api;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import dev.handoff.session.Author;
import dev.handoff.session.Message;
import dev.handoff.session.User;

/** A message as it is posted, or as an entry of a handoff's history. */
record MessageBody(String id, String author, String text, List<String> choices, Instant at, Long epoch, User user) {

    Message message() {
        return new Message(id, Author.valueOf(author.toUpperCase(Locale.ROOT)), text, choices, at, epoch);
    }
}
