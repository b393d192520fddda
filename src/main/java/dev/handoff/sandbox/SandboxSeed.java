package dev.handoff.sandbox;

import java.util.ArrayList;
import java.util.List;

/**
 * What a sandbox holds before anybody has called it, and holds again after a reset.
 *
 * @param account           the account's id
 * @param inbox             the API inbox
 * @param bot               the agent bot in whose name a bot's lines can be posted
 * @param agents            everybody who works in the account, the owner of the token included
 * @param tokens            who may call
 * @param teams             the teams; Chatwoot stores their names in lower case
 * @param messagesPerMinute how many messages one conversation takes a minute; null for no limit
 */
public record SandboxSeed(long account, Inbox inbox, Bot bot, List<Agent> agents, List<Token> tokens,
        List<Team> teams, Integer messagesPerMinute) {

    /** The token of {@link #standard()}. */
    public static final String TOKEN = "sandbox";

    /** Chatwoot's own limit ({@code CONVERSATION_MESSAGE_PER_MINUTE_LIMIT}). */
    public static final int CHATWOOT_MESSAGES_PER_MINUTE = 200;

    /**
     * @param channelType {@code Channel::Api}, or another one to see what Chatwoot refuses there
     */
    public record Inbox(long id, String name, String channelType) {
    }

    public record Bot(long id, String name) {
    }

    /**
     * @param role         {@code administrator} or {@code agent}
     * @param availability {@code online}, {@code busy} or {@code offline}
     */
    public record Agent(long id, String name, String email, String role, String availability) {
    }

    /**
     * @param agent id of the agent in whose name it calls
     */
    public record Token(String value, long agent) {
    }

    /**
     * @param members    ids of agents
     * @param autoAssign whether a conversation that comes to the team is given to a member who is online
     */
    public record Team(long id, String name, List<Long> members, boolean autoAssign) {
    }

    /**
     * Account 1 with API inbox 1, agent bot 1, the token {@value #TOKEN} of an administrator, and eight teams. Nobody
     * of the last team, Billing, is online.
     */
    public static SandboxSeed standard() {
        List<Agent> agents = new ArrayList<>();
        agents.add(new Agent(1, "Handoff", "handoff@sandbox.example", "administrator", "offline"));
        agents.add(new Agent(2, "Ada Novak", "ada@sandbox.example", "agent", "online"));
        agents.add(new Agent(3, "Ben Okafor", "ben@sandbox.example", "agent", "online"));
        agents.add(new Agent(4, "Chloé Martin", "chloe@sandbox.example", "agent", "online"));
        agents.add(new Agent(5, "Dalia Haddad", "dalia@sandbox.example", "agent", "busy"));
        agents.add(new Agent(6, "Emil Berg", "emil@sandbox.example", "agent", "offline"));
        List<Team> teams = List.of(
                new Team(1, "Front Desk", List.of(2L, 3L, 5L), true),
                new Team(2, "Payments", List.of(3L, 6L), true),
                new Team(3, "Bookings", List.of(2L, 4L), true),
                new Team(4, "Travel", List.of(4L, 5L), true),
                new Team(5, "Leisure", List.of(2L), true),
                new Team(6, "Home", List.of(3L, 4L), true),
                new Team(7, "Gadgets", List.of(4L, 6L), true),
                new Team(8, "Billing", List.of(5L, 6L), true));
        return new SandboxSeed(1, new Inbox(1, "Sandbox", "Channel::Api"), new Bot(1, "Bot"), List.copyOf(agents),
                List.of(new Token(TOKEN, 1)), teams, CHATWOOT_MESSAGES_PER_MINUTE);
    }

    public SandboxSeed withMessagesPerMinute(Integer limit) {
        return new SandboxSeed(account, inbox, bot, agents, tokens, teams, limit);
    }

    public SandboxSeed withInbox(Inbox other) {
        return new SandboxSeed(account, other, bot, agents, tokens, teams, messagesPerMinute);
    }

    public SandboxSeed withAgents(List<Agent> others) {
        return new SandboxSeed(account, inbox, bot, others, tokens, teams, messagesPerMinute);
    }

    public SandboxSeed withTokens(List<Token> others) {
        return new SandboxSeed(account, inbox, bot, agents, others, teams, messagesPerMinute);
    }

    /** Conversations stay in their team's queue until somebody takes them. */
    public SandboxSeed withoutAutoAssign() {
        return withTeams(teams.stream().map(t -> new Team(t.id(), t.name(), t.members(), false)).toList());
    }

    public SandboxSeed withTeams(List<Team> others) {
        return new SandboxSeed(account, inbox, bot, agents, tokens, others, messagesPerMinute);
    }
}
