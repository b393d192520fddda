package dev.handoff.inbound;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How a conversation stood when it was read last; only differences from it are told.
 *
 * @param handoff  the handoff that this is about
 * @param assignee the agent's id; null: nobody
 * @param name     of that agent
 * @param own      the last entry of ours that was seen over there
 * @param part     the last part of that entry that was seen there, from 1
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record Seen(long handoff, String status, String assignee, String name, long own, int part) {

    static final Seen NOTHING = new Seen(0, null, null, null, 0, 0);

    /** What is known of the conversation as it serves this handoff: nobody had it at the beginning. */
    Seen of(long anyHandoff) {
        return handoff == anyHandoff ? this : new Seen(anyHandoff, status, null, null, own, part);
    }

    Seen withOwn(Marks.Part last) {
        return last.seq() < own ? this : new Seen(handoff, status, assignee, name, last.seq(),
                last.seq() > own ? last.part() : Math.max(part, last.part()));
    }
}
