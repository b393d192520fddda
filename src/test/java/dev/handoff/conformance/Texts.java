package dev.handoff.conformance;

import java.util.List;

/** The kit's fixed texts, as {@code src/test/resources/support/README.md} lists them. */
final class Texts {

    static final String ODD_NAME = "Zoë \"Zo\" O'Neill <b>& שלום 😀";
    static final String ODD_ANSWER = "<b>5 < 6 & \"so\"</b> 😀 שלום\nsecond line";
    static final List<String> ODD = List.of(
            "😀 👨\u200D👩\u200D👧",
            "שלום עולם, مرحبا",
            "\"quoted\" and 'single' and \\ and `tick`",
            "<b>bold</b> & <script>alert(1)</script>",
            "first line\nsecond line\n\nfourth line",
            "bell \u0007 escape \u001b tab \t end",
            "{\"text\": \"${body} {{contact.name}} #{x} %s\"}",
            "https://example.org/?a=1&b=2#c");

    private Texts() {
    }

    /** Words, of so many characters in all. */
    static String longest(int characters) {
        String words = "word ".repeat(characters / 5 + 1);
        return words.substring(0, characters - 1) + "x";
    }
}
