package dev.handoff.support;

import java.time.Duration;
import java.util.List;
import java.util.Map;

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
     * @param inDoubt   an earlier attempt may have made it: look by mark first
     * @param mayCreate false: only look; the refs come back unchanged when it is not there
     * @return all refs to keep; {@code conversation} is among them once it exists, {@code url} where agents see it
     */
    Map<String, String> createConversation(User user, String mark, Map<String, String> refs, Team team,
            boolean inDoubt, boolean mayCreate) throws CallFailed;

    /** Posts one text; gives its id over there. */
    String post(Post post, Map<String, String> refs) throws CallFailed;

    /** Looks which of the marks are over there: mark to id. */
    Map<String, String> find(List<String> marks, Map<String, String> refs) throws CallFailed;

    List<Team> teams() throws CallFailed;

    Availability availability(Team team) throws CallFailed;

    /** Hands the conversation to the team ({@code null}: to whoever looks at the inbox), so that agents see it. */
    void transfer(Team team, Map<String, String> refs) throws CallFailed;

    State state(Map<String, String> refs) throws CallFailed;

    void close(Map<String, String> refs, String reason) throws CallFailed;

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

    /** One setting tried: what was found, and how to mend it. */
    record Check(String setting, boolean ok, String message) {
    }

    /**
     * What a system can do, from its {@code system.yaml}.
     *
     * @param notes             whether private notes can be posted
     * @param find              whether marks can be looked up; without it delivery is at least once
     * @param transferAtOpening whether the team must be known when a conversation is made
     * @param longestText       characters of one message
     * @param messagesPerMinute of one conversation; null for no limit
     * @param settlesIn         how long a call of which we lost the answer may take to become visible
     */
    record Capabilities(boolean notes, boolean find, boolean transferAtOpening, int longestText,
            Integer messagesPerMinute, Duration settlesIn) {
    }
}
