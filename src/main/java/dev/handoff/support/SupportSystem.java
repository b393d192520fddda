package dev.handoff.support;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import dev.handoff.session.Author;
import dev.handoff.session.Team;
import dev.handoff.session.User;

/**
 * One connection, seen as the operations of its route set: each call runs the route {@code <system>-<operation>}.
 * What the routes find and must give back is written in {@code routes/support/README.md}.
 */
public interface SupportSystem {

    /** The connection's name. */
    String name();

    /** The folder of its route set. */
    String system();

    Capabilities capabilities();

    /** How long one HTTP call may take. */
    Duration timeout();

    int concurrency();

    /** The account's limit of messages a minute; null for none. */
    Integer messagesPerMinute();

    /** Finds or makes the person over there; gives the refs to keep. */
    Map<String, String> createUser(User user, String mark) throws CallFailed;

    /**
     * Finds or makes the conversation.
     *
     * @param mark      our id of it, by which it is found again
     * @param team      for systems that route at opening; may be null
     * @param first     what will be posted first, for systems whose conversations begin with a text; may be null
     * @param inDoubt   an earlier attempt may have made it: look by mark first
     * @param mayCreate false: only look; the refs come back unchanged when it is not there
     * @return all refs to keep; {@code conversation} is among them once it exists, {@code url} where agents see it,
     *         and {@code first}, its id over there, if {@code first} has been posted with it
     */
    Map<String, String> createConversation(User user, String mark, Map<String, String> refs, Team team, Post first,
            boolean inDoubt, boolean mayCreate) throws CallFailed;

    /** Posts one text; gives its id over there. */
    String post(Post post, Map<String, String> refs) throws CallFailed;

    /** Looks which of these posts are over there: mark to id. */
    Map<String, String> find(List<Post> posts, Map<String, String> refs) throws CallFailed;

    List<Team> teams() throws CallFailed;

    Availability availability(Team team) throws CallFailed;

    /** Hands the conversation to the team ({@code null}: to whoever looks at the inbox), so that agents see it. */
    void transfer(Team team, Map<String, String> refs) throws CallFailed;

    State state(Map<String, String> refs) throws CallFailed;

    void close(Map<String, String> refs, String reason) throws CallFailed;

    /** Makes a closed conversation ready to take what was said since; agents see it with the next transfer. */
    void reopen(Map<String, String> refs) throws CallFailed;

    /** What this account does in its own way. */
    Custom custom();

    /** Why a webhook is not believed to be the system's, in words that hold nothing of it; null if it is. */
    String refusal(Webhook webhook);

    /** The system's id of a webhook, the same when it is sent again; null if it has none. */
    String deliveryId(Webhook webhook);

    /** What a webhook tells. Nothing is sent. */
    Received receive(String raw) throws CallFailed;

    /** @param position what the last call gave back; null: from the beginning */
    News eventsSince(Map<String, String> refs, String position) throws CallFailed;

    /** @param position what the last call gave back; null: from the beginning, which may be now */
    Changes changedSince(String position) throws CallFailed;

    /** Tries each setting. Does not throw for what it finds wrong: that is its answer. */
    List<Check> check();

    /**
     * What is sent as one message.
     *
     * @param mark   our id of it
     * @param note   whether only agents may see it
     * @param author USER, BOT or AGENT
     * @param name   of the author, if known
     * @param at     when it was said, RFC 3339
     */
    record Post(String mark, boolean note, Author author, String name, String text, String at) {
    }

    /** Whether a team takes conversations now; null fields: the system does not tell. */
    record Availability(Boolean open, Integer agentsOnline, Integer waiting) {
    }

    /**
     * The levels over there.
     *
     * @param status      {@code pending} (agents are not shown it yet), {@code open} or {@code closed}
     * @param team        its id; null for none
     * @param assignee    the agent's id; null for nobody
     * @param transferred whether a transfer has come to its end; null: to be judged by team and assignee
     */
    record State(String status, String team, String assignee, Boolean transferred) {
    }

    /**
     * @param reopens          whether a further handoff of a session opens its last conversation again
     * @param relaysTemplates  whether the user sees what the system posts by itself
     * @param sweep            how often {@link #changedSince} is asked
     */
    record Custom(boolean reopens, boolean relaysTemplates, Duration sweep) {
    }

    /**
     * A webhook as it came.
     *
     * @param headers   gives the value of a header, whose name is without regard to case; null if it is not there
     * @param urlSecret the parameter {@code secret} of the URL; null if it is not there
     */
    record Webhook(UnaryOperator<String> headers, String urlSecret, byte[] body) {
    }

    /** What a webhook tells: where something changed, and what cannot be read anywhere else. */
    record Received(List<Changed> conversations, List<Event> events) {
    }

    /**
     * A conversation in which something may be new.
     *
     * @param mark    our id of the conversation; null: the system does not tell
     * @param message the mark of the message that this is about; null: it is about another thing, or not ours
     * @param version differs when something has changed; null: not known
     */
    record Changed(String id, String mark, String message, String version) {
    }

    /**
     * Something that only a webhook tells.
     *
     * @param message the id over there of what it is about
     * @param score   of a rating
     * @param text    of a rating: what the user added; of an edit: the new text
     */
    record Event(Kind kind, String conversation, String message, Integer score, String text) {

        public enum Kind {
            RATING, DELETED, EDITED
        }
    }

    /**
     * What is new in a conversation.
     *
     * @param position where the next reading begins
     * @param more     whether there is more to read at once; the levels do not count before that
     */
    record News(List<Remark> remarks, Levels levels, String position, boolean more) {
    }

    /**
     * A message or note over there.
     *
     * @param mark   ours, if we posted it
     * @param author {@code AGENT} also where nobody is named; {@code SYSTEM} and {@code BOT} for what no person wrote
     * @param own    whether we posted it, where the system keeps no mark
     * @param text   null if there is none
     */
    record Remark(String id, String mark, Author author, boolean own, boolean note, boolean deleted, String name,
            String text, Instant at) {

        public Remark(String id, String mark, Author author, boolean note, boolean deleted, String name, String text,
                Instant at) {
            this(id, mark, author, false, note, deleted, name, text, at);
        }
    }

    /**
     * How a conversation stands.
     *
     * @param status   {@code pending}, {@code open} or {@code closed}
     * @param team     null for none
     * @param assignee the person who has it; null for nobody
     * @param reason   why it is closed; null if not known
     * @param tellsTeam     whether the team is known now; else it is as it was
     * @param tellsAssignee whether it is known now who has it; else it is as it was
     */
    record Levels(String status, Team team, Agent assignee, List<String> labels, String reason, boolean tellsTeam,
            boolean tellsAssignee) {

        public Levels(String status, Team team, Agent assignee, List<String> labels, String reason) {
            this(status, team, assignee, labels, reason, true, true);
        }

        public boolean closed() {
            return "closed".equals(status);
        }
    }

    /** A person who works over there. */
    record Agent(String id, String name) {
    }

    /** Conversations that changed, and where the next look begins. */
    record Changes(List<Changed> conversations, String position) {
    }

    /** One setting tried: what was found, and how to mend it. */
    record Check(String setting, boolean ok, String message) {
    }

    /**
     * What a system can do, from its {@code system.yaml}.
     *
     * @param notes             whether private notes can be posted
     * @param find              whether marks can be looked up; without it delivery is at least once
     * @param transferAtOpening whether the team must be known when a conversation is made
     * @param read              whether conversations can be read
     * @param sweep             whether it tells which conversations have changed
     * @param reopen            whether a closed conversation can be opened again
     * @param html              whether texts are HTML over there
     * @param originalTimes     whether people over there see when a text was said, also long ago
     * @param firstText         whether a conversation is made with its first text
     * @param longestText       characters of one message
     * @param messagesPerMinute of one conversation; null for no limit
     * @param settlesIn         how long a call of which we lost the answer may take to become visible
     */
    record Capabilities(boolean notes, boolean find, boolean transferAtOpening, boolean read, boolean sweep,
            boolean reopen, boolean html, boolean originalTimes, boolean firstText, int longestText,
            Integer messagesPerMinute, Duration settlesIn) {
    }
}
