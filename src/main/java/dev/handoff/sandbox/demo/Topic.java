package dev.handoff.sandbox.demo;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that the demo bot understands.
 *
 * @param intent    as the routing table of the bot {@code demo} knows it
 * @param offer     how the bot offers it; also what the user says who chooses it
 * @param questions what the bot asks before it hands over
 */
record Topic(String intent, String offer, Pattern words, List<String> questions) {

    static final List<Topic> ALL = List.of(
            new Topic("hotels_1.ReserveHotel", "Book a room", words("rooms?|hotels?|nights?|stay"),
                    List.of("Gladly. In which city do you need the room?", "From when, and for how many nights?")),
            new Topic("flights_3.SearchOnewayFlight", "Find a flight", words("flights?|fly|plane|airports?|tickets?"),
                    List.of("A flight, then. From where to where, and on which day?")),
            new Topic("banks_2.TransferMoney", "A payment problem",
                    words("pay|paid|payments?|money|cards?|refunds?|bank|charged?|bills?|invoices?"),
                    List.of("I am sorry about that. What happened with the payment?")));

    private static Pattern words(String alternatives) {
        return Pattern.compile("\\b(?:" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    static Optional<Topic> in(String text) {
        return ALL.stream().filter(topic -> topic.words().matcher(text).find()).findFirst();
    }
}
