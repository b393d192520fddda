package dev.handoff.sandbox;

import java.util.List;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What agents do at their desk, and what Chatwoot does on their behalf. Every method throws
 * {@link IllegalArgumentException} for a conversation, agent, team or message that is not there.
 */
public final class Agents {

    private static final String SURVEY = "input_csat";
    private static final String SURVEY_TEXT = "Please rate the conversation";

    private final Supplier<Desk> desk;

    Agents(Supplier<Desk> desk) {
        this.desk = desk;
    }

    /** Answers the contact. @return the message's id */
    public long reply(long conversation, long agent, String text) {
        return post(conversation, Message.Type.OUTGOING, "text", text, false, Message.Sender.of(agent(agent)));
    }

    /** Writes a private note. @return the message's id */
    public long note(long conversation, long agent, String text) {
        return post(conversation, Message.Type.OUTGOING, "text", text, true, Message.Sender.of(agent(agent)));
    }

    /** Answers from the channel's own app, so that Chatwoot does not know who it was. @return the message's id */
    public long replyFromPhone(long conversation, String text) {
        return post(conversation, Message.Type.OUTGOING, "text", text, false, null);
    }

    /** A greeting or an out-of-office text, as Chatwoot posts it by itself. @return the message's id */
    public long template(long conversation, String text) {
        return post(conversation, Message.Type.TEMPLATE, "text", text, false, null);
    }

    /** Takes it, or gives it to somebody else; null takes it away from whoever has it. */
    public void assign(long conversation, Long agent) {
        SandboxSeed.Agent to = agent == null ? null : agent(agent);
        desk.get().assign(find(conversation), to, to == null ? "an agent" : to.name());
    }

    /** Gives it to another team; null takes it away from its team. */
    public void team(long conversation, Long team) {
        SandboxSeed.Team to = team == null ? null : desk.get().team(team);
        if (team != null && to == null) {
            throw new IllegalArgumentException("There is no team " + team);
        }
        desk.get().assignTeam(find(conversation), to, "an agent");
    }

    public void resolve(long conversation, long agent) {
        status(conversation, agent, Conversation.Status.RESOLVED);
    }

    /** Opens it again; an agent who does that gets it. */
    public void open(long conversation, long agent) {
        Conversation opened = find(conversation);
        synchronized (opened) {
            boolean wasOpen = opened.status() == Conversation.Status.OPEN;
            status(conversation, agent, Conversation.Status.OPEN);
            if (!wasOpen) {
                assign(conversation, agent);
            }
        }
    }

    public void pending(long conversation, long agent) {
        status(conversation, agent, Conversation.Status.PENDING);
    }

    public void snooze(long conversation, long agent) {
        status(conversation, agent, Conversation.Status.SNOOZED);
    }

    /** Begins or stops to write. */
    public void typing(long conversation, long agent, boolean on) {
        desk.get().typing(find(conversation), agent(agent), on, false);
    }

    public void labels(long conversation, List<String> labels) {
        desk.get().labels(find(conversation), List.copyOf(labels));
    }

    /** Deletes a line: it stays, with another text. */
    public void delete(long conversation, long message) {
        desk.get().change(requireMessage(conversation, message), message, Message::deleted);
    }

    /** The contact answers the survey that comes after a resolve; asks first if that was not done. @param stars 1 to 5 */
    public void rate(long conversation, int stars, String feedback) {
        if (stars < 1 || stars > 5) {
            throw new IllegalArgumentException("A rating is from 1 to 5, not " + stars);
        }
        long survey = find(conversation).messages().stream().filter(m -> SURVEY.equals(m.contentType()))
                .mapToLong(Message::id).max().orElseGet(() -> survey(conversation));
        ObjectNode attributes = JsonNodeFactory.instance.objectNode();
        attributes.putObject("submitted_values").putObject("csat_survey_response").put("rating", stars)
                .put("feedback_message", feedback);
        desk.get().change(find(conversation), survey, message -> message.withAttributes(attributes));
    }

    /** Asks for a rating, as Chatwoot does after a resolve. @return the message's id */
    public long survey(long conversation) {
        return post(conversation, Message.Type.TEMPLATE, SURVEY, SURVEY_TEXT, false, null);
    }

    private void status(long conversation, long agent, Conversation.Status status) {
        desk.get().status(find(conversation), status, agent(agent).name());
    }

    private long post(long conversation, Message.Type type, String contentType, String text, boolean secret,
            Message.Sender sender) {
        Message message = desk.get().post(find(conversation), new Desk.Draft(type, text, contentType, secret, null,
                sender, JsonNodeFactory.instance.objectNode()));
        if (message == null) {
            throw new IllegalStateException("Too many messages in conversation " + conversation + " in a minute");
        }
        return message.id();
    }

    private Conversation requireMessage(long conversation, long message) {
        Conversation found = find(conversation);
        if (found.message(message) == null) {
            throw new IllegalArgumentException("There is no message " + message + " in conversation " + conversation);
        }
        return found;
    }

    private Conversation find(long id) {
        Conversation found = desk.get().conversation(id);
        if (found == null) {
            throw new IllegalArgumentException("There is no conversation " + id);
        }
        return found;
    }

    private SandboxSeed.Agent agent(long id) {
        SandboxSeed.Agent found = desk.get().agent(id);
        if (found == null) {
            throw new IllegalArgumentException("There is no agent " + id);
        }
        return found;
    }
}
