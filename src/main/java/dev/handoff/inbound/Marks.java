package dev.handoff.inbound;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our marks, read: the session, and the entry that a message over there was made from. */
final class Marks {

    private static final Pattern MARK = Pattern.compile(
            "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[:.](\\d{1,18})\\b(?:\\.(\\d{1,9}))?.*");

    private Marks() {
    }

    /**
     * A text of ours over there.
     *
     * @param seq  the number of its entry
     * @param part which part of that entry it is, from 1
     */
    record Part(long seq, int part) {
    }

    /** Empty if it is not one of ours. */
    static Optional<UUID> session(String mark) {
        return matched(mark).map(matcher -> UUID.fromString(matcher.group(1)));
    }

    /** The entry's number, if the mark is of this session. */
    static Optional<Long> seq(String mark, UUID session) {
        return ours(mark, session).map(matcher -> Long.valueOf(matcher.group(2)));
    }

    /** Empty if the mark is of another session, or of a note about an entry. */
    static Optional<Part> part(String mark, UUID session) {
        return ours(mark, session)
                .filter(matcher -> matcher.end(matcher.group(3) == null ? 2 : 3) == mark.length())
                .map(matcher -> new Part(Long.parseLong(matcher.group(2)),
                        matcher.group(3) == null ? 1 : Integer.parseInt(matcher.group(3))));
    }

    private static Optional<Matcher> ours(String mark, UUID session) {
        return matched(mark).filter(matcher -> matcher.group(1).equals(session.toString()));
    }

    private static Optional<Matcher> matched(String mark) {
        return Optional.ofNullable(mark).map(MARK::matcher).filter(Matcher::matches);
    }
}
