package dev.handoff.session;

import java.time.Instant;
import java.util.Locale;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** A line of the log as bots read it: what the entry carries stands beside its seq. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LogEntry(long seq, String side, String kind, String author, String id, @JsonUnwrapped Body body,
        Instant at, long epoch, boolean late) {

    public static LogEntry of(Entry entry) {
        return new LogEntry(entry.seq(), text(entry.side()), text(entry.kind()), text(entry.author()), entry.key(),
                entry.body(), entry.at(), entry.epoch(), entry.late());
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
