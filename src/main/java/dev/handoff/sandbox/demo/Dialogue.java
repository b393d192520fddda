package dev.handoff.sandbox.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the demo bot says to one user. It greets, knows a few topics, and does not pretend: what needs a person goes to
 * people. Not safe for several threads.
 */
final class Dialogue {

    static final String PERSON = "Talk to a person";

    private static final Pattern ASKS_FOR_PERSON = words("persons?|humans?|agents?|somebody|someone|people|operator"
            + "|colleagues?|representative|real one");
    private static final Pattern CANCELS = words("cancel|never ?mind|forget it|stop");
    private static final Pattern GREETS = words("hello|hi|hey|good (?:morning|day|afternoon|evening)");
    private static final Pattern THANKS = words("thanks?|thank you|bye|goodbye|that is all|that's all|no");
    private static final Pattern ASKS_HOURS = words("open|opening|hours|closed");
    private static final Pattern ASKS_HELP = words("help|what can you do|who are you|are you a bot");

    private Topic topic;
    private int asked;
    private int misunderstood;
    /** Label to intent, while the user is asked what it is about. */
    private Map<String, String> asking = Map.of();

    private static Pattern words(String alternatives) {
        return Pattern.compile("\\b(?:" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE);
    }

    Step greeting() {
        return Step.offer("Hello! I am a demo bot, and a simple one. I can take down a booking or a problem, and I know "
                + "when to fetch a person. What can I do for you?", offers());
    }

    /** What it says when people are done. */
    Step backAgain(String news) {
        forget();
        return Step.offer(news + " I am the bot again. Is there anything else?", offers());
    }

    /** What it says when people cannot be had. */
    Step nobodyThere(String why) {
        forget();
        return Step.offer(why + " I am still here, for what a bot can do.", offers());
    }

    /** Asks what it is about. @param choices label to intent */
    Step ask(Map<String, String> choices) {
        asking = new LinkedHashMap<>(choices);
        return Step.offer("What is it about? Then I know whom to fetch.", List.copyOf(choices.keySet()));
    }

    Step hear(String text) {
        if (!asking.isEmpty()) {
            return answered(text);
        }
        if (ASKS_FOR_PERSON.matcher(text).find()) {
            return fetch("Of course. One moment, I am fetching somebody.");
        }
        if (CANCELS.matcher(text).find()) {
            forget();
            return Step.offer("Forgotten. What else can I do for you?", offers());
        }
        if (topic != null) {
            return next();
        }
        return Topic.in(text).map(this::begin).orElseGet(() -> smallTalk(text));
    }

    private Step answered(String text) {
        String wanted = text.strip();
        List<String> intents = asking.entrySet().stream().filter(choice -> choice.getKey().equalsIgnoreCase(wanted))
                .map(Map.Entry::getValue).toList();
        if (intents.isEmpty()) {
            intents = Topic.in(text).map(found -> List.of(found.intent())).orElse(List.of());
        }
        forget();
        return Step.handOver("Thank you. One moment, I am fetching somebody.", intents);
    }

    private Step begin(Topic found) {
        topic = found;
        asked = 0;
        misunderstood = 0;
        return next();
    }

    private Step next() {
        if (asked < topic.questions().size()) {
            return Step.say(topic.questions().get(asked++));
        }
        return fetch("Noted. I cannot finish that by myself, so I am fetching somebody who can; they will have read "
                + "what you told me.");
    }

    private Step fetch(String text) {
        List<String> unfinished = topic == null ? List.of() : List.of(topic.intent());
        forget();
        return Step.handOver(text, unfinished);
    }

    private Step smallTalk(String text) {
        if (ASKS_HOURS.matcher(text).find()) {
            return Step.say("In this sandbox somebody is there whenever you play the agent. That is round the clock, if "
                    + "you like.");
        }
        if (ASKS_HELP.matcher(text).find()) {
            return Step.offer("I can take down a booking, a flight or a payment problem, tell you our hours, and fetch "
                    + "a person. More than that I do not pretend to know.", offers());
        }
        if (GREETS.matcher(text).find()) {
            return Step.offer("Hello! What can I do for you?", offers());
        }
        if (THANKS.matcher(text).find()) {
            return Step.say("You are welcome. Write again whenever you like.");
        }
        misunderstood++;
        if (misunderstood > 1) {
            return fetch("I still do not understand, and guessing would not help you. I am fetching somebody.");
        }
        return Step.offer("I did not understand that. Could you say it in other words, or choose?", offers());
    }

    private void forget() {
        topic = null;
        asked = 0;
        misunderstood = 0;
        asking = Map.of();
    }

    private static List<String> offers() {
        List<String> offers = new ArrayList<>(Topic.ALL.stream().map(Topic::offer).toList());
        offers.add(PERSON);
        return offers;
    }
}
