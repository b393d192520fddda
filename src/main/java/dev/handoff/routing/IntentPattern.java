package dev.handoff.routing;

/**
 * One intent of a row: a name, or {@code prefix.*} for every name that begins with these whole segments and has at
 * least one more. Segments are parted by dots; case does not matter.
 */
record IntentPattern(String written) {

    private static final String ANY = ".*";

    /** What is wrong with it, to be read after its path; null when nothing is. */
    String fault() {
        if (written == null || written.isBlank()) {
            return "is empty: write an intent's name, or a prefix with .* behind it";
        }
        for (String segment : written.split("\\.", -1)) {
            if (segment.isBlank()) {
                return "\"" + written + "\" has an empty segment: remove the dot too many";
            }
            if (!segment.equals(segment.strip())) {
                return "\"" + written + "\" has a blank at the edge of a segment: remove it";
            }
        }
        if (written.equals("*")) {
            return "\"*\" has no prefix: what no row has goes to the default team";
        }
        if (withoutEnd().contains("*")) {
            return "\"" + written + "\" has a * that is not the whole last segment: write prefix.*";
        }
        return null;
    }

    /** Whether it stands for all names with a prefix. */
    boolean isPrefix() {
        return written.endsWith(ANY);
    }

    boolean matches(String intent) {
        if (!isPrefix()) {
            return written.equalsIgnoreCase(intent);
        }
        int length = written.length() - 1;
        return intent.length() > length && intent.regionMatches(true, 0, written, 0, length);
    }

    /** Whether it matches whatever the other matches. */
    boolean covers(IntentPattern other) {
        if (!isPrefix() || !other.isPrefix()) {
            return !other.isPrefix() && matches(other.written);
        }
        return written.equalsIgnoreCase(other.written) || matches(other.withoutEnd());
    }

    private String withoutEnd() {
        return isPrefix() ? written.substring(0, written.length() - ANY.length()) : written;
    }
}
