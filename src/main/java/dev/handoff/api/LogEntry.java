package dev.handoff.api;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

import dev.handoff.session.Author;
import dev.handoff.session.Body;
import dev.handoff.session.Entry;
import dev.handoff.session.Kind;
import dev.handoff.session.Side;

/** A line of the log as bots read it: what the entry carries stands beside its seq. */
record LogEntry(long seq, Side side, Kind kind, Author author, String id, @JsonUnwrapped Body body, Instant at,
        long epoch, boolean late) {

    static LogEntry of(Entry entry) {
        return new LogEntry(entry.seq(), entry.side(), entry.kind(), entry.author(), entry.key(), entry.body(),
                entry.at(), entry.epoch(), entry.late());
    }
}
