package dev.handoff.session;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What an entry carries; each kind uses some of it.
 *
 * @param text              of a message or note; of a rating: what the user added to it; of an undelivered of the
 *                          bot's side: how the message begins
 * @param name              of the person who wrote it, joined, left, or closed
 * @param choices           what a bot's message offered the user, in order
 * @param user              of a handoff
 * @param named             of a handoff: the team as the bot named it
 * @param unfinishedIntents of a handoff
 * @param team              of a handoff: the decision; of an assignment: the team over there
 * @param because           of a handoff: why this team
 * @param connection        of a handoff: where to; of an assignment that confirms one: where it is; of the bot's
 *                          closed: where from
 * @param conversation      of an assignment: {@code id} and {@code url} over there
 * @param of                the entry that an assignment confirms, or that could not be delivered; of a handoff that goes
 *                          to another connection: the bot's own
 * @param reason            of a closed or undelivered
 * @param unseen            of a closed: the user's messages that no agent got, for the bot to answer
 * @param retryOf           the entry of which this is a new attempt
 * @param labels            of a closed: what the agents filed the conversation under
 * @param transcript        of a closed: what the agents have said since people took over
 * @param replaces          of a message: the earlier one that it corrects; without a text, that was taken back
 * @param score             of a rating: from 1, the more the better
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Body(String text, String name, List<String> choices, User user, String named,
        List<String> unfinishedIntents, Team team, String because, String connection, Map<String, String> conversation,
        Long of, String reason, List<Long> unseen, Long retryOf, List<String> labels, List<Long> transcript,
        Long replaces, Integer score) {

    static Body message(String text, List<String> choices) {
        return said(text, null, choices, null);
    }

    static Body note(String text) {
        return message(text, null);
    }

    static Body said(String text, String name, List<String> choices, Long replaces) {
        return new Body(text, name, choices, null, null, null, null, null, null, null, null, null, null, null, null, null,
                replaces, null);
    }

    static Body named(String name) {
        return said(null, name, null, null);
    }

    /** Whether a handoff, or a close, goes there. At first it stood nowhere: there was one connection. */
    public boolean goesTo(String there) {
        return connection == null || connection.equals(there);
    }

    static Body handoff(HandoffRequest request, Team team, String because, String connection) {
        return new Body(null, null, null, request.user(), request.team(), request.unfinishedIntents(), team, because,
                connection, null, null, null, null, null, null, null, null, null);
    }

    /** Of a handoff: the same to another connection, for the bot's handoff of that number. */
    Body passedOn(long origin, Team team, String because, String connection) {
        return new Body(null, null, null, null, named, unfinishedIntents, team, because, connection, null, origin, null,
                null, null, null, null, null, null);
    }

    static Body assigned(Long handoff, Team team, String connection, Map<String, String> conversation) {
        return new Body(null, null, null, null, null, null, team, null, connection, conversation, handoff, null, null,
                null, null, null, null, null);
    }

    static Body closed(String reason, List<Long> unseen) {
        return closed(null, reason, null, null, unseen);
    }

    /** Of the bot: where it takes the session from. */
    static Body closedOn(String connection, String reason) {
        return new Body(null, null, null, null, null, null, null, null, connection, null, null, reason, null, null, null,
                null, null, null);
    }

    static Body closed(String name, String reason, List<String> labels, List<Long> transcript, List<Long> unseen) {
        return new Body(null, name, null, null, null, null, null, null, null, null, null, reason, unseen, null, labels,
                transcript, null, null);
    }

    /** @param text of the entry that was not delivered; null where its author has it anyway */
    static Body undelivered(long of, String reason, String text) {
        return new Body(text, null, null, null, null, null, null, null, null, null, of, reason, null, null, null, null,
                null, null);
    }

    static Body rating(Integer score, String text) {
        return new Body(text, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, score);
    }

    Body asRetryOf(long seq) {
        return new Body(text, name, choices, user, named, unfinishedIntents, team, because, connection, conversation, of,
                reason, unseen, seq, labels, transcript, replaces, score);
    }
}
