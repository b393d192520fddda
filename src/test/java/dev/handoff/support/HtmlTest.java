package dev.handoff.support;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Texts as HTML, and HTML as text. */
class HtmlTest {

    @Test
    void nothingInATextIsMarkup() {
        assertThat(Html.of("<b>a</b> & \"b\" 'c'\r\nd\ne\rf")).isEqualTo(
                "&lt;b&gt;a&lt;/b&gt; &amp; &quot;b&quot; &#39;c&#39;<br>d<br>e<br>f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "a < b && c > d", "<script>alert(1)</script>", "&amp; &lt; &nbsp;", "one\ntwo\n\nthree",
            "\uD83D\uDE00 \u05E9\u05DC\u05D5\u05DD", "{\"json\": [1, \"${body}\"]}", "it's \"so\""})
    void whatWentThereComesBack(String text) {
        assertThat(Html.toText(Html.of(text))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "null", value = {
            "<p>Hello</p><p>Ana</p> | Hello\\nAna",
            "<p>Hello<br>Ana</p> | Hello\\nAna",
            "<p>One</p><p></p><p><br></p><p>Two</p> | One\\n\\nTwo",
            "  a   b <b> c </b>d | a b c d",
            "Hi&nbsp;there &lt;you&gt; &amp; me | Hi there <you> & me",
            "<ul><li>one</li><li>two</li></ul>after | - one\\n- two\\nafter",
            "<ol><li>one</li><li>two</li></ol> | 1. one\\n2. two",
            "see <a href='https://x.example/a?b=1&amp;c=2'>our page</a>! | see our page (https://x.example/a?b=1&c=2)!",
            "<a href='https://x.example'>https://x.example</a> | https://x.example",
            "<a href='mailto:a@x.example'>a@x.example</a> | a@x.example",
            "<a href='javascript:alert(1)'>click</a> | click",
            "<img src='https://x.example/a.png' alt='A room'> | A room (https://x.example/a.png)",
            "<a href='https://x.example/b'><img src='https://x.example/b'></a> | https://x.example/b https://x.example/b",
            "<div>a</div><div>b<div>c</div></div>d | a\\nb\\nc\\nd",
            "<pre>x  y\\n  z</pre> | x  y\\n  z",
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table> | a b\\nc",
            "a<script>alert(1)</script><style>p {}</style><!-- no -->b | ab",
            "<p>unclosed <b>tags | unclosed tags",
            "plain text | plain text",
            "'' | ''"})
    void aPersonReadsLines(String html, String text) {
        assertThat(Html.toText(html.replace("\\n", "\n"))).isEqualTo(text.replace("\\n", "\n"));
    }

    @Test
    void deepNestingIsNoDanger() {
        assertThat(Html.toText("<div>".repeat(20_000) + "deep")).isEqualTo("deep");
    }
}
