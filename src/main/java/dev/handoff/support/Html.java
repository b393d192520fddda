package dev.handoff.support;

import java.nio.charset.StandardCharsets;
import java.util.Set;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;
import org.springframework.web.util.HtmlUtils;

/** Texts as HTML and back, for systems whose messages are HTML. */
final class Html {

    private Html() {
    }

    /** The text as it is, for a reader of HTML: nothing in it is markup. */
    static String of(String text) {
        // With UTF-8 named only the characters that are markup are escaped.
        return HtmlUtils.htmlEscape(text, StandardCharsets.UTF_8.name()).replaceAll("\\r\\n?|\\n", "<br>");
    }

    /** What a person reads: paragraphs and items as lines, a link as {@code text (address)}, an image as its address. */
    static String toText(String html) {
        Lines lines = new Lines();
        Jsoup.parseBodyFragment(html).body().traverse(lines);
        return lines.text();
    }

    /** Writes text and line breaks as the elements say. */
    private static final class Lines implements NodeVisitor {

        private static final Set<String> CELLS = Set.of("td", "th");
        private static final Set<String> UNSEEN = Set.of("script", "style", "template", "title");

        private final StringBuilder out = new StringBuilder();

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode text && !isUnseen(node.parent())) {
                append(text.getWholeText(), isPreformatted(node));
            } else if (node instanceof Element element) {
                begin(element);
            }
        }

        private void begin(Element element) {
            switch (element.normalName()) {
                case "br" -> out.append('\n');
                case "img" -> image(element);
                case "li" -> {
                    newLine();
                    out.append(bullet(element));
                }
                case "td", "th" -> append(" ", false);
                default -> {
                    if (isBlock(element)) {
                        newLine();
                    }
                }
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            if (element.normalName().equals("a")) {
                address(element);
            } else if (isBlock(element) && !CELLS.contains(element.normalName())) {
                newLine();
            }
        }

        private static boolean isBlock(Element element) {
            return element.isBlock() && !UNSEEN.contains(element.normalName());
        }

        private void address(Element link) {
            String address = link.attr("href").trim();
            String plain = address.startsWith("mailto:") ? address.substring("mailto:".length()) : address;
            boolean tells = address.matches("(?i)(https?|mailto|tel):.+") && !link.text().trim().equals(plain)
                    && !link.text().trim().equals(address);
            if (tells) {
                append(link.text().isBlank() ? " " + address : " (" + plain + ")", false);
            }
        }

        private void image(Element image) {
            String address = image.attr("src").trim();
            if (address.matches("(?i)https?:.+")) {
                append(image.attr("alt").isBlank() ? address : image.attr("alt") + " (" + address + ")", false);
            }
        }

        private static String bullet(Element item) {
            Element list = item.parent();
            return list != null && list.normalName().equals("ol")
                    ? 1 + item.elementSiblingIndex() + ". " : "- ";
        }

        private void append(String text, boolean preformatted) {
            if (preformatted) {
                out.append(text);
                return;
            }
            String flat = text.replaceAll("[ \\t\\r\\n\\f]+", " ");
            boolean atStart = out.length() == 0 || Character.isWhitespace(out.charAt(out.length() - 1));
            out.append(atStart && flat.startsWith(" ") ? flat.substring(1) : flat);
        }

        private void newLine() {
            if (out.length() > 0 && out.charAt(out.length() - 1) != '\n') {
                out.append('\n');
            }
        }

        private static boolean isUnseen(Node parent) {
            return parent != null && UNSEEN.contains(parent.nodeName());
        }

        private static boolean isPreformatted(Node node) {
            for (Node around = node.parent(); around != null; around = around.parent()) {
                if (around.nodeName().equals("pre")) {
                    return true;
                }
            }
            return false;
        }

        String text() {
            return out.toString().replace('\u00a0', ' ').replaceAll("[ \\t]+\n", "\n").replaceAll("\n{3,}", "\n\n").strip();
        }
    }
}
