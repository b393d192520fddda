package dev.handoff.sandbox;

import java.util.List;

/**
 * What somebody at the desk does with a conversation, as JSON tells it; each action needs some of it.
 *
 * @param agent  who does it; of {@code assign}: who gets it, null for nobody
 * @param text   of {@code reply}, {@code note}, {@code phone} and {@code template}; the feedback of {@code rate}
 * @param team   of {@code team}; null for none
 * @param labels of {@code labels}
 * @param line   of {@code delete}: the message's id
 * @param stars  of {@code rate}, from 1 to 5
 */
record AgentAction(Long agent, String text, Long team, List<String> labels, Long line, Integer stars) {

    /** @throws IllegalArgumentException naming what is missing or unknown */
    void perform(Agents agents, long conversation, String action) {
        switch (action) {
            case "reply" -> agents.reply(conversation, requireAgent(), requireText());
            case "note" -> agents.note(conversation, requireAgent(), requireText());
            case "phone" -> agents.replyFromPhone(conversation, requireText());
            case "template" -> agents.template(conversation, requireText());
            case "assign" -> agents.assign(conversation, agent);
            case "team" -> agents.team(conversation, team);
            case "labels" -> agents.labels(conversation, require(labels, "labels"));
            case "resolve" -> agents.resolve(conversation, requireAgent());
            case "open" -> agents.open(conversation, requireAgent());
            case "pending" -> agents.pending(conversation, requireAgent());
            case "snooze" -> agents.snooze(conversation, requireAgent());
            case "delete" -> agents.delete(conversation, require(line, "line"));
            case "rate" -> agents.rate(conversation, require(stars, "stars"), text);
            default -> throw new IllegalArgumentException("There is no action " + action);
        }
    }

    private long requireAgent() {
        return require(agent, "agent");
    }

    private String requireText() {
        if (text == null || text.isBlank()) {
            throw new IllegalArgumentException("text is missing");
        }
        return text;
    }

    private static <T> T require(T value, String name) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}
