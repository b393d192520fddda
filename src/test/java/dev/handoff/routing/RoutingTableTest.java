package dev.handoff.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.handoff.FieldsRefused.Fault;
import dev.handoff.session.Choice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutingTableTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void readsAndWritesTheSameJson() throws Exception {
        String text = """
                {"default":"Front Desk","askIntent":true,"teams":[{"team":"Travel","intents":["flights.*","Visa"]}],
                 "ask":[{"intent":"Visa","label":{"en":"A visa","de":"Ein Visum"}}]}""";
        assertThat(JSON.readTree(JSON.writeValueAsString(table(text)))).isEqualTo(JSON.readTree(text));
    }

    @Test
    void leavesOutWhatIsNotSet() throws Exception {
        assertThat(JSON.readTree(JSON.writeValueAsString(table("{\"default\":\"A\"}"))))
                .isEqualTo(JSON.readTree("{\"default\":\"A\",\"askIntent\":false,\"teams\":[]}"));
    }

    @ParameterizedTest(name = "{0}: row {1}")
    @CsvSource(delimiter = '|', value = {
        "a.One         | 1",
        "A.ONE         | 1",
        "a.Two         | 2",
        "b.X           | 2",
        "c.Z           | 3",
        "c.Z;a.Two     | 2",
        "a.Two;a.One   | 1",
        "x.Y;c.Z       | 3",
        "x.Y           | 0",
        "a             | 0",
    })
    void theFirstRowWithAnyUnfinishedIntentWins(String unfinished, int row) throws Exception {
        RoutingTable table = table("""
                {"teams":[{"team":"1","intents":["a.One"]},{"team":"2","intents":["b.X","a.*"]},
                          {"team":"3","intents":["c.*","a.One"]}]}""");
        assertThat(table.match(List.of(unfinished.split(";"))).map(Match::number).orElse(0)).isEqualTo(row);
    }

    @Test
    void saysWhichRowAndWhichIntent() throws Exception {
        RoutingTable table = table("{\"teams\":[{\"team\":\"Travel\",\"intents\":[\"a.B\",\"flights.*\"]}]}");
        assertThat(table.match(List.of("x", "flights.Book")).orElseThrow().because())
                .isEqualTo("row 1 (Travel) has flights.*, and flights.Book is unfinished");
        assertThat(table.match(List.of("A.b")).orElseThrow().because())
                .isEqualTo("row 1 (Travel) has a.B, which is unfinished");
    }

    @Test
    void asksForTheRowsExactNamesOnceEachUnlessToldWhatToAsk() throws Exception {
        String rows = "\"teams\":[{\"team\":\"T\",\"intents\":[\"a.B\",\"c.*\",\"D\"]},{\"team\":\"U\",\"intents\":[\"A.b\",\"E\"]}]";
        assertThat(table("{" + rows + "}").choices("de"))
                .containsExactly(new Choice("a.B", "a.B"), new Choice("D", "D"), new Choice("E", "E"));
        assertThat(table("{" + rows + ",\"ask\":[{\"intent\":\"c.X\",\"label\":{\"en\":\"X?\"}}]}").choices("de"))
                .containsExactly(new Choice("c.X", "X?"));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(nullValues = "null", value = {
        "de-AT,      de|en|fr,     de",
        "de-AT,      de-AT|de|en,  de-AT",
        "DE-at,      de-AT|de,     de-AT",
        "de_AT,      de|en,        de",
        "zh-Hant-TW, zh-Hans|zh-Hant|en, zh-Hant",
        "de,         de-AT|en,     en",
        "pt-BR,      fr|en|de,     en",
        "pt-BR,      fr|en-GB|de,  fr",
        "pt-BR,      fr|de,        fr",
        "null,       fr|en,        en",
        "'',         fr|EN,        EN",
        "!?,         fr|en,        en",
    })
    void labelsAreInTheUsersLanguageOrTheNearest(String language, String languages, String expected) throws Exception {
        String labels = String.join(",", List.of(languages.split("\\|")).stream()
                .map(tag -> "\"" + tag + "\":\"in " + tag + "\"").toList());
        RoutingTable table = table("{\"ask\":[{\"intent\":\"a\",\"label\":{" + labels + "}}]}");
        assertThat(table.choices(language)).containsExactly(new Choice("a", "in " + expected));
    }

    @Test
    void namesEverythingThatCannotBeByItsPath() throws Exception {
        RoutingTable table = table("""
                {"default":" ","teams":[{"team":"A","intents":["ok.*","a..b",null]},{"intents":["*"]},null],
                 "ask":[{"intent":"x.*"},{"intent":"a"},{"intent":"A"},{"intent":"b","label":{"de":""}},null]}""");
        assertThat(new RoutingTableReview(table).faults()).extracting(Fault::path).containsExactly("/default",
                "/teams/0/intents/1", "/teams/0/intents/2", "/teams/1/team", "/teams/1/intents/0", "/teams/2/team",
                "/ask/0/intent", "/ask/2/intent", "/ask/3/label/de", "/ask/4/intent");
    }

    @Test
    void refusesToAskWhenThereIsNothingToAsk() throws Exception {
        RoutingTable table = table("{\"askIntent\":true,\"teams\":[{\"team\":\"A\",\"intents\":[\"a.*\"]}]}");
        assertThat(new RoutingTableReview(table).faults()).extracting(Fault::path).containsExactly("/askIntent");
    }

    @Test
    void warnsOfRowsThatCanNeverWin() throws Exception {
        RoutingTable table = table("""
                {"default":"Z","teams":[{"team":"A","intents":["a.*","b.C"]},{"team":"B","intents":["A.x","a.y.*"]},
                 {"team":"C","intents":["b.C","b.D"]},{"team":"D"},{"team":"A","intents":["e"]}]}""");
        assertThat(new RoutingTableReview(table).faults()).isEmpty();
        assertThat(new RoutingTableReview(table).warnings()).containsExactly(
                "row 2 (B) can never win, because rows before it take them: A.x (a.* in row 1), a.y.* (a.* in row 1)",
                "row 3 (C) can never win by some of its intents, because rows before it take them: b.C (b.C in row 1)",
                "row 4 (D) can never win: it has no intents");
    }

    @Test
    void warnsOfATableThatLeavesConversationsWithoutATeam() throws Exception {
        RoutingTable table = table("{\"teams\":[{\"team\":\"A\",\"intents\":[\"a\"]}],\"ask\":[{\"intent\":\"b\"}]}");
        assertThat(new RoutingTableReview(table).warnings()).containsExactly(
                "there is no default team: what no row has cannot be handed over",
                "no row has b, which the user is asked for: it goes to the default team");
    }

    private static RoutingTable table(String json) throws Exception {
        return JSON.readValue(json, RoutingTable.class);
    }
}
