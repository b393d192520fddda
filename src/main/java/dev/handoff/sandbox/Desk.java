package dev.handoff.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** An account of the support system: what it holds, and what happens in it when somebody does something. */
final class Desk {

    /** How Chatwoot writes a time where it does not write seconds. */
    static final DateTimeFormatter MILLIS = new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    /** A line that somebody wants to add. */
    record Draft(Message.Type type, String content, String contentType, boolean secret, String sourceId,
            Message.Sender sender, ObjectNode contentAttributes) {
    }

    private final SandboxSeed seed;
    private final Clock clock;
    private final Consumer<Happening> told;
    private final Supplier<Webhook> inboxHook;
    private final Map<Long, SandboxSeed.Agent> agents;
    private final Map<Long, SandboxSeed.Team> teams;
    private final Map<String, SandboxSeed.Agent> byToken;
    private final Contacts contacts = new Contacts();
    private final Map<Long, Conversation> conversations = new ConcurrentHashMap<>();
    private final Map<String, List<Conversation>> bySource = new ConcurrentHashMap<>();
    private final AtomicLong conversationIds = new AtomicLong();
    private final AtomicLong messageIds = new AtomicLong();
    private final AtomicInteger turn = new AtomicInteger();
    private volatile Integer messagesPerMinute;
    /** Chatwoot's own limit, in characters. */
    private volatile int longestMessage = 150_000;

    /**
     * @param told      learns what happens, under the lock of the conversation: it must be quick
     * @param inboxHook the inbox's webhook; gives null for none
     */
    Desk(SandboxSeed seed, Clock clock, Consumer<Happening> told, Supplier<Webhook> inboxHook) {
        this.seed = seed;
        this.clock = clock;
        this.told = told;
        this.inboxHook = inboxHook;
        this.messagesPerMinute = seed.messagesPerMinute();
        this.agents = seed.agents().stream()
                .collect(Collectors.toUnmodifiableMap(SandboxSeed.Agent::id, Function.identity()));
        this.teams = seed.teams().stream().map(Desk::stored)
                .collect(Collectors.toUnmodifiableMap(SandboxSeed.Team::id, Function.identity()));
        this.byToken = seed.tokens().stream().collect(Collectors.toUnmodifiableMap(SandboxSeed.Token::value,
                token -> Objects.requireNonNull(agents.get(token.agent()), "token of an unknown agent")));
    }

    private static SandboxSeed.Team stored(SandboxSeed.Team team) {
        return new SandboxSeed.Team(team.id(), team.name().toLowerCase(Locale.ROOT), team.members(), team.autoAssign());
    }

    SandboxSeed seed() {
        return seed;
    }

    /** Null for none. */
    Webhook inboxHook() {
        return inboxHook.get();
    }

    Contacts contacts() {
        return contacts;
    }

    Instant now() {
        return clock.instant();
    }

    /** Null if there is no such token. */
    SandboxSeed.Agent ownerOf(String token) {
        return byToken.get(token);
    }

    /** Null if there is no such agent. */
    SandboxSeed.Agent agent(Long id) {
        return id == null ? null : agents.get(id);
    }

    /** Null if there is no such team. */
    SandboxSeed.Team team(Long id) {
        return id == null ? null : teams.get(id);
    }

    List<SandboxSeed.Team> teams() {
        return teams.values().stream().sorted(Comparator.comparing(SandboxSeed.Team::id)).toList();
    }

    List<SandboxSeed.Agent> members(SandboxSeed.Team team) {
        return team.members().stream().map(agents::get).filter(Objects::nonNull).toList();
    }

    /** Null lifts the limit. */
    void messagesPerMinute(Integer limit) {
        messagesPerMinute = limit;
    }

    Integer messagesPerMinute() {
        return messagesPerMinute;
    }

    void longestMessage(int characters) {
        longestMessage = characters;
    }

    int longestMessage() {
        return longestMessage;
    }

    /** As an administrator may delete a conversation. */
    void delete(long id) {
        Conversation deleted = conversations.remove(id);
        if (deleted != null) {
            bySource.computeIfPresent(deleted.thread().sourceId(), (source, all) -> {
                all.remove(deleted);
                return all.isEmpty() ? null : all;
            });
        }
    }

    /** Null if there is no such conversation. */
    Conversation conversation(Long id) {
        return id == null ? null : conversations.get(id);
    }

    Collection<Conversation> conversations() {
        return conversations.values();
    }

    List<Conversation> conversationsOf(String sourceId) {
        return bySource.getOrDefault(sourceId, List.of());
    }

    /** Opens a conversation, whatever else is open in the thread. */
    Conversation open(ContactInbox thread, Conversation.Status status, ObjectNode custom, ObjectNode additional) {
        Conversation conversation = new Conversation(conversationIds.incrementAndGet(), thread, status, custom,
                additional, now());
        conversations.put(conversation.id(), conversation);
        bySource.computeIfAbsent(thread.sourceId(), key -> new CopyOnWriteArrayList<>()).add(conversation);
        told.accept(Happening.opened(conversation));
        return conversation;
    }

    /** Adds a line; null if the conversation has had too many in the last minute. */
    Message post(Conversation conversation, Draft draft) {
        synchronized (conversation) {
            Integer limit = messagesPerMinute;
            if (limit != null && conversation.crowded(limit, now().minus(Duration.ofMinutes(1)))) {
                return null;
            }
            Message message = new Message(messageIds.incrementAndGet(), draft.type(), draft.content(),
                    draft.contentType(), draft.secret(), draft.sourceId(), draft.sender(), draft.contentAttributes(),
                    now(), false);
            boolean firstReply = message.isReply() && conversation.firstReplyAt() == null;
            conversation.add(message);
            told.accept(Happening.said(conversation, message));
            if (firstReply) {
                told.accept(Happening.changed(conversation, "first_reply_created_at", null,
                        MILLIS.format(message.createdAt())));
            }
            boolean shut = conversation.status() == Conversation.Status.RESOLVED
                    || conversation.status() == Conversation.Status.SNOOZED;
            if (draft.type() == Message.Type.INCOMING && shut) {
                status(conversation, Conversation.Status.OPEN, draft.sender().name());
            }
            return message;
        }
    }

    /** Changes a line that is there; nothing happens if the change is none. */
    void change(Conversation conversation, long messageId, UnaryOperator<Message> change) {
        synchronized (conversation) {
            Message former = conversation.message(messageId);
            Message changed = former == null ? null : change.apply(former);
            if (!Objects.equals(changed, former)) {
                conversation.replace(changed);
                told.accept(Happening.edited(conversation, changed));
            }
        }
    }

    /** @param secret whether it is a private note that is being written */
    void typing(Conversation conversation, SandboxSeed.Agent agent, boolean on, boolean secret) {
        synchronized (conversation) {
            conversation.typing(on);
            told.accept(Happening.typing(conversation, agent, on, secret));
        }
    }

    void labels(Conversation conversation, List<String> labels) {
        synchronized (conversation) {
            List<String> former = conversation.labels();
            if (!former.equals(labels)) {
                conversation.labels(labels);
                told.accept(Happening.changed(conversation, "label_list", former, labels));
            }
        }
    }

    /** Changes the status, and says so in the conversation. */
    void status(Conversation conversation, Conversation.Status status, String by) {
        synchronized (conversation) {
            if (conversation.status() == status) {
                return;
            }
            Conversation.Status former = conversation.status();
            conversation.status(status);
            told.accept(Happening.statusChanged(conversation));
            told.accept(Happening.changed(conversation, "status", former.json(), status.json()));
            note(conversation, switch (status) {
                case OPEN -> "Conversation was reopened by " + by;
                case RESOLVED -> "Conversation was marked resolved by " + by;
                case PENDING -> "Conversation was marked as pending by " + by;
                case SNOOZED -> "Conversation was snoozed by " + by;
            });
        }
    }

    /**
     * Gives the conversation to a team, null to none. An assignee who is not in the team loses it; where the team
     * assigns by itself, a member who is online gets it, now or never.
     */
    void assignTeam(Conversation conversation, SandboxSeed.Team team, String by) {
        synchronized (conversation) {
            SandboxSeed.Team former = team(conversation.team());
            Long id = team == null ? null : team.id();
            if (Objects.equals(conversation.team(), id)) {
                return;
            }
            told.accept(Happening.changed(conversation, "team_id", conversation.team(), id));
            conversation.team(id);
            if (team != null) {
                note(conversation, "Assigned to " + team.name() + " by " + by);
            } else if (former != null) {
                note(conversation, "Unassigned from " + former.name() + " by " + by);
            }
            if (team != null) {
                Long assignee = conversation.assignee();
                Long kept = assignee != null && team.members().contains(assignee) ? assignee : null;
                SandboxSeed.Agent next = kept == null && team.autoAssign() ? nextOnline(team) : agent(kept);
                assign(conversation, next, by);
            }
        }
    }

    /** Gives the conversation to an agent, null to nobody. */
    void assign(Conversation conversation, SandboxSeed.Agent agent, String by) {
        synchronized (conversation) {
            Long id = agent == null ? null : agent.id();
            if (Objects.equals(conversation.assignee(), id)) {
                return;
            }
            told.accept(Happening.changed(conversation, "assignee_id", conversation.assignee(), id));
            conversation.assignee(id);
            note(conversation, agent == null ? "Conversation unassigned by " + by
                    : "Assigned to " + agent.name() + " by " + by);
        }
    }

    private SandboxSeed.Agent nextOnline(SandboxSeed.Team team) {
        List<SandboxSeed.Agent> online = new ArrayList<>(members(team));
        online.removeIf(agent -> !"online".equals(agent.availability()));
        return online.isEmpty() ? null : online.get(Math.floorMod(turn.getAndIncrement(), online.size()));
    }

    private void note(Conversation conversation, String text) {
        conversation.add(new Message(messageIds.incrementAndGet(), Message.Type.ACTIVITY, text, "text", false, null,
                null, JsonNodeFactory.instance.objectNode(), now(), false));
    }
}
