package dev.handoff.sandbox;

import java.util.List;

import dev.handoff.conformance.Breach;

/**
 * Where Chatwoot's published description says something else than Chatwoot (v4.15) does.
 *
 * @param call    how the call's name ends
 * @param part    {@code query}, {@code request} or {@code answer}
 * @param pointer where; numbers in it stand as {@code *}
 * @param message what the check says, or a part of it
 * @param reason  what is so instead
 */
record KnownDifference(String call, String part, String pointer, String message, String reason) {

    private static final String UNKNOWN = "is not described";

    private static final List<KnownDifference> ALL = List.of(
            new KnownDifference("/contacts", "request", "", "'inbox_id' not found",
                    "a contact can be made without a thread"),
            new KnownDifference("/contacts", "request", "/source_id", UNKNOWN,
                    "taken together with inbox_id"),
            new KnownDifference("/contacts", "answer", "/payload", "object found, array expected",
                    "one contact is answered, not a list"),
            new KnownDifference("/contacts/filter", "request", "/payload/*/query_operator", "null",
                    "the last condition joins nothing; the description's own example has null there"),
            new KnownDifference("/contacts/filter", "request", "/payload/*/query_operator", "enumeration",
                    "as above"),
            new KnownDifference("/contact_inboxes", "answer", "/inbox/provider", "null",
                    "an API channel has no provider"),
            new KnownDifference("GET /api/v1/accounts/{account_id}/conversations", "query", "/source_id", UNKNOWN,
                    "the list can be narrowed to a source id since 2.17"),
            new KnownDifference("POST /api/v1/accounts/{account_id}/conversations", "request", "/message/message_type",
                    UNKNOWN, "the first message may have all that a message has"),
            new KnownDifference("/assignments", "request", "/team_id", "null",
                    "null takes the conversation from its team"),
            new KnownDifference("/assignments", "request", "/assignee_id", "null",
                    "null takes the conversation from its agent"),
            new KnownDifference("/assignments", "answer", "", "null found",
                    "nobody was assigned; also the answer to an unknown team"),
            new KnownDifference("/toggle_status", "request", "", "'status' not found",
                    "without a status it is toggled"),
            new KnownDifference("/messages", "query", "/filter_internal_messages", UNKNOWN,
                    "leaves out notes and activities"),
            new KnownDifference("/messages", "request", "/source_id", UNKNOWN,
                    "stored, and given back when messages are read"),
            new KnownDifference("/messages", "request", "/echo_id", UNKNOWN, "given back in the answer"),
            new KnownDifference("/messages", "request", "/sender_type", UNKNOWN,
                    "AgentBot posts in the name of the bot"),
            new KnownDifference("/messages", "request", "/sender_id", UNKNOWN, "the bot's id"),
            new KnownDifference("/messages", "request", "/external_created_at", UNKNOWN,
                    "stored among the content attributes"));

    static boolean explains(Breach breach) {
        return ALL.stream().anyMatch(known -> breach.call().endsWith(known.call())
                && breach.part().equals(known.part()) && breach.pointer().equals(known.pointer())
                && breach.message().contains(known.message()));
    }
}
