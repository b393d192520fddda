package dev.handoff.lane;

import java.text.BreakIterator;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import dev.handoff.session.Author;
import dev.handoff.session.Body;
import dev.handoff.session.Entry;
import dev.handoff.session.Kind;
import dev.handoff.session.Side;
import dev.handoff.support.SupportSystem.Post;

/**
 * What an entry is over there: one message or note, or several where the system takes only shorter texts. Choices
 * become numbered lines; what was said long before a handoff begins with its time, if that cannot be shown otherwise.
 * What the bot's side did not take, and what agents of another connection said, is told in a note.
 */
final class Parts {

    private static final Duration SOON = Duration.ofMinutes(1);
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("'['d MMM yyyy, HH:mm 'UTC] '", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Parts() {
    }

    /** @param handedOver when, if the entry is history of it that shows no other time over there; else null */
    static List<Post> of(Entry entry, int longest, Instant handedOver) {
        List<String> texts = split(time(entry, handedOver) + text(entry), longest);
        List<Post> posts = new ArrayList<>(texts.size());
        boolean note = entry.kind() != Kind.MESSAGE || entry.late() || entry.side() == Side.SUPPORT;
        for (int i = 0; i < texts.size(); i++) {
            String mark = mark(entry) + (i == 0 ? "" : "." + (i + 1));
            posts.add(new Post(mark, note, entry.author(), entry.body().name(), texts.get(i), entry.at().toString()));
        }
        return posts;
    }

    /** A note that is no entry, but a step of the main line: the same text is the same note. */
    static Post note(Entry handoff, String text) {
        return new Post(mark(handoff) + "." + Integer.toHexString(text.hashCode()), true, Author.BOT, null, text,
                handoff.at().toString());
    }

    private static String mark(Entry entry) {
        return entry.session() + ":" + entry.seq();
    }

    /** Compared with the handoff and not with now: however often it is sent, it is the same text. */
    private static String time(Entry entry, Instant handedOver) {
        boolean old = handedOver != null && entry.at().isBefore(handedOver.minus(SOON));
        return old ? TIME.format(entry.at()) : "";
    }

    private static String text(Entry entry) {
        Body body = entry.body();
        if (entry.kind() == Kind.UNDELIVERED) {
            return "not delivered: " + body.reason() + (body.text() == null ? "" : "\n\n" + body.text());
        }
        if (entry.side() == Side.SUPPORT) {
            return (body.name() == null ? "An agent" : body.name()) + " wrote to the user elsewhere:\n\n" + body.text();
        }
        if (body.choices() == null || body.choices().isEmpty()) {
            return body.text();
        }
        StringBuilder text = new StringBuilder(body.text());
        for (int i = 0; i < body.choices().size(); i++) {
            text.append('\n').append(i + 1).append(". ").append(body.choices().get(i));
        }
        return text.toString();
    }

    /** Cuts between words where it can, and never within what a reader sees as one character. */
    private static List<String> split(String text, int longest) {
        if (text.length() <= longest) {
            return List.of(text);
        }
        BreakIterator words = BreakIterator.getLineInstance(Locale.ROOT);
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        words.setText(text);
        characters.setText(text);
        List<String> parts = new ArrayList<>();
        int start = 0;
        while (text.length() - start > longest) {
            int end = words.preceding(start + longest + 1);
            if (end <= start) {
                end = characters.preceding(start + longest + 1);
            }
            if (end <= start) {
                end = start + longest;
            }
            parts.add(text.substring(start, end));
            start = end;
        }
        parts.add(text.substring(start));
        return parts;
    }
}
