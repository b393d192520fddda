package dev.handoff.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;

/** The sandbox's conversations as an agent sees them. */
public final class AgentView {

    private static final int PREVIEW = 120;

    /**
     * Who wrote a line: the contact, an agent, or the agent bot; {@code NOTE} is private, whoever wrote it;
     * {@code TEMPLATE} was posted by Chatwoot itself to the contact, {@code ACTIVITY} to the agents.
     */
    public enum Author {
        USER, BOT, AGENT, NOTE, TEMPLATE, ACTIVITY;

        @JsonValue
        String json() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param total how many there are
     * @param teams how many each team has of those that were asked for, whatever team was; under the empty name those
     *              without a team
     */
    public record Overview(int total, Map<String, Integer> teams, List<Summary> conversations) {
    }

    /** A conversation in a list; null where there is none. */
    public record Summary(long id, String status, Long teamId, String team, String assignee, String sourceId,
            String contact, int messages, Author lastAuthor, String preview, boolean typing, Instant createdAt,
            Instant lastActivityAt) {
    }

    /** A conversation; null where there is none. */
    public record Detail(long id, String uuid, String status, Long teamId, String team, Long assigneeId,
            String assignee, long inboxId, String sourceId, Person contact, List<String> labels,
            JsonNode customAttributes, JsonNode additionalAttributes, boolean typing, Instant createdAt,
            Instant lastActivityAt, List<Line> messages) {
    }

    /** Who works here, and in which teams; in the account's order. */
    public record Staff(List<Named> agents, List<Named> teams) {
    }

    public record Named(long id, String name) {
    }

    public record Person(long id, String name, String email, String phone, String identifier,
            JsonNode customAttributes, JsonNode additionalAttributes) {
    }

    /**
     * @param order    its place in the conversation, from 1
     * @param type     Chatwoot's: {@code incoming}, {@code outgoing} or {@code activity}
     * @param name     of the author; null for an activity
     * @param sourceId the mark that its creator gave it
     * @param failed   whether it could not be delivered to the contact
     */
    public record Line(int order, long id, String type, Author author, String name,
            @JsonProperty("private") boolean secret, String sourceId, String content,
            String contentType, JsonNode contentAttributes, Instant createdAt, boolean failed) {
    }

    /**
     * Which conversations to list; null where it does not matter.
     *
     * @param team the name; empty for those without a team
     */
    public record Wanted(String team, String status, String sourceId, int limit) {

        public static final Wanted ALL = new Wanted(null, null, null, Integer.MAX_VALUE);
    }

    private final Supplier<Desk> desk;

    AgentView(Supplier<Desk> desk) {
        this.desk = desk;
    }

    /** The newest first. */
    public Overview conversations(Wanted wanted) {
        Desk account = desk.get();
        Map<String, Integer> teams = new TreeMap<>();
        account.teams().forEach(team -> teams.put(team.name(), 0));
        List<Conversation> found = new ArrayList<>();
        int total = 0;
        for (Conversation conversation : account.conversations()) {
            String team = teamName(account, conversation);
            total++;
            boolean counted = (wanted.status() == null || wanted.status().equals(conversation.status().json()))
                    && (wanted.sourceId() == null || wanted.sourceId().equals(conversation.thread().sourceId()));
            if (counted) {
                teams.merge(team == null ? "" : team, 1, Integer::sum);
            }
            if (counted && (wanted.team() == null || wanted.team().equals(team == null ? "" : team))) {
                found.add(conversation);
            }
        }
        found.sort(Comparator.comparing(Conversation::id).reversed());
        return new Overview(total, teams,
                found.stream().limit(wanted.limit()).map(c -> summary(account, c)).toList());
    }

    public Optional<Detail> conversation(long id) {
        Desk account = desk.get();
        return Optional.ofNullable(account.conversation(id)).map(conversation -> detail(account, conversation));
    }

    /** Those who answer; the owner of the gateway's token is an administrator and no agent. */
    public Staff staff() {
        Desk account = desk.get();
        return new Staff(account.seed().agents().stream().filter(agent -> agent.role().equals("agent"))
                .map(agent -> new Named(agent.id(), agent.name())).toList(),
                account.teams().stream().map(team -> new Named(team.id(), team.name())).toList());
    }

    /** Every conversation in full, by id. */
    public List<Detail> all() {
        Desk account = desk.get();
        return account.conversations().stream().sorted(Comparator.comparing(Conversation::id))
                .map(conversation -> detail(account, conversation)).toList();
    }

    private static Summary summary(Desk desk, Conversation c) {
        synchronized (c) {
            Message last = c.lastSpoken();
            return new Summary(c.id(), c.status().json(), c.team(), teamName(desk, c), assignee(desk, c),
                    c.thread().sourceId(), desk.contacts().find(c.thread().contact()).name(), c.size(),
                    last == null ? null : author(last), last == null ? null : preview(last.content()), c.typing(),
                    c.createdAt(), c.lastActivityAt());
        }
    }

    private static Detail detail(Desk desk, Conversation c) {
        synchronized (c) {
            Contact contact = desk.contacts().find(c.thread().contact());
            List<Line> lines = new ArrayList<>();
            for (Message m : c.messages()) {
                lines.add(new Line(lines.size() + 1, m.id(), m.type().name().toLowerCase(Locale.ROOT),
                        author(m), m.sender() == null ? null : m.sender().name(), m.secret(), m.sourceId(),
                        m.content(), m.contentType(), m.contentAttributes(), m.createdAt(), m.failed()));
            }
            return new Detail(c.id(), c.uuid(), c.status().json(), c.team(), teamName(desk, c), c.assignee(),
                    assignee(desk, c), c.thread().inbox(), c.thread().sourceId(),
                    new Person(contact.id(), contact.name(), contact.email(), contact.phoneNumber(),
                            contact.identifier(), contact.customAttributes(), contact.additionalAttributes()),
                    c.labels(), c.customAttributes(), c.additionalAttributes(), c.typing(), c.createdAt(),
                    c.lastActivityAt(), lines);
        }
    }

    private static String teamName(Desk desk, Conversation conversation) {
        SandboxSeed.Team team = desk.team(conversation.team());
        return team == null ? null : team.name();
    }

    private static String assignee(Desk desk, Conversation conversation) {
        SandboxSeed.Agent agent = desk.agent(conversation.assignee());
        return agent == null ? null : agent.name();
    }

    private static Author author(Message message) {
        if (message.type() == Message.Type.ACTIVITY) {
            return Author.ACTIVITY;
        }
        if (message.type() == Message.Type.TEMPLATE) {
            return Author.TEMPLATE;
        }
        if (message.secret()) {
            return Author.NOTE;
        }
        // Nobody is named where an agent answered by phone, past Chatwoot.
        return message.sender() == null ? Author.AGENT : switch (message.sender().kind()) {
            case CONTACT -> Author.USER;
            case AGENT -> Author.AGENT;
            case BOT -> Author.BOT;
        };
    }

    private static String preview(String content) {
        if (content == null || content.length() <= PREVIEW) {
            return content;
        }
        int end = Character.isHighSurrogate(content.charAt(PREVIEW - 1)) ? PREVIEW - 1 : PREVIEW;
        return content.substring(0, end) + "…";
    }
}
