package dev.handoff.sandbox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DialogueTest {

    private final Dialogue dialogue = new Dialogue();

    @Test
    void itGreetsAndOffersAPerson() {
        assertThat(dialogue.greeting().choices()).contains(Dialogue.PERSON);
        assertThat(dialogue.hear("Hello!").choices()).contains(Dialogue.PERSON);
    }

    @Test
    void everyOfferIsUnderstood() {
        for (String offer : dialogue.greeting().choices()) {
            Step step = new Dialogue().hear(offer);
            assertThat(step.text()).as(offer).doesNotContain("did not understand");
        }
    }

    @ParameterizedTest
    @CsvSource({"I need a hotel, hotels_1.ReserveHotel, 2", "my flight please, flights_3.SearchOnewayFlight, 1",
        "my CARD was charged twice, banks_2.TransferMoney, 1"})
    void aTopicIsTakenDownAndHandedOver(String first, String intent, int questions) {
        Step step = dialogue.hear(first);
        for (int asked = 0; asked < questions; asked++) {
            assertThat(step.unfinished()).isNull();
            step = dialogue.hear("an answer");
        }
        assertThat(step.unfinished()).containsExactly(intent);
    }

    @ParameterizedTest
    @ValueSource(strings = {"I want a human", "Talk to a person", "get me an AGENT!", "let me speak to somebody"})
    void whoAsksForAPersonGetsOne(String text) {
        assertThat(dialogue.hear(text).unfinished()).isEmpty();
    }

    @Test
    void whoAsksForAPersonAmidATopicTakesItAlong() {
        dialogue.hear("I want to book a room");
        assertThat(dialogue.hear("no, a person please").unfinished()).containsExactly("hotels_1.ReserveHotel");
    }

    @Test
    void aTopicCanBeDropped() {
        dialogue.hear("I want to book a room");
        dialogue.hear("never mind");
        assertThat(dialogue.hear("a person please").unfinished()).isEmpty();
    }

    @Test
    void whoIsNotUnderstoodTwiceGetsAPerson() {
        assertThat(dialogue.hear("colourless green ideas").unfinished()).isNull();
        assertThat(dialogue.hear("sleep furiously").unfinished()).isEmpty();
    }

    @Test
    void whoIsAskedWhatItIsAboutMayChooseOrSay() {
        Map<String, String> choices = Map.of("A room", "hotels_1.ReserveHotel");
        assertThat(dialogue.ask(choices).choices()).containsExactly("A room");
        assertThat(dialogue.hear(" a ROOM ").unfinished()).containsExactly("hotels_1.ReserveHotel");
        dialogue.ask(choices);
        assertThat(dialogue.hear("my flight").unfinished()).containsExactly("flights_3.SearchOnewayFlight");
        dialogue.ask(choices);
        assertThat(dialogue.hear("something else").unfinished()).isEqualTo(List.of());
        assertThat(dialogue.hear("hello").unfinished()).as("it asks once").isNull();
    }
}
