package dev.handoff.routing;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;

/** Finds the language that a person reads best among those that there are. */
final class Languages {

    private static final String FALLBACK = "en";

    private Languages() {
    }

    /**
     * The best of the tags: the wanted one, then less and less special ones (RFC 4647 lookup: de-AT, de), then English,
     * then the first.
     *
     * @param wanted a BCP 47 tag; null or malformed counts as none
     * @param tags   at least one
     */
    static String best(String wanted, Collection<String> tags) {
        String best = wanted == null ? null : lookup(wanted, tags);
        if (best == null) {
            best = lookup(FALLBACK, tags);
        }
        return best != null ? best : tags.iterator().next();
    }

    private static String lookup(String wanted, Collection<String> tags) {
        List<LanguageRange> ranges;
        try {
            ranges = List.of(new LanguageRange(wanted.strip().replace('_', '-')));
        } catch (IllegalArgumentException malformed) {
            return null;
        }
        String found = Locale.lookupTag(ranges, tags);
        // The JDK gives the tag in lower case; the caller wants it as it is written.
        return tags.stream().filter(tag -> tag.equalsIgnoreCase(found)).findFirst().orElse(null);
    }
}
