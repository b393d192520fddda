package dev.handoff.api;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.handoff.FieldsRefused;
import dev.handoff.HandoffProperties;
import dev.handoff.OwnedByFile;
import dev.handoff.routing.Decision;
import dev.handoff.session.Appended;
import dev.handoff.session.Author;
import dev.handoff.session.Body;
import dev.handoff.session.Control;
import dev.handoff.session.Entry;
import dev.handoff.session.HandoffRequest;
import dev.handoff.session.KeyConflict;
import dev.handoff.session.Kind;
import dev.handoff.session.Message;
import dev.handoff.session.SessionState;
import dev.handoff.session.Sessions;
import dev.handoff.session.Side;
import dev.handoff.session.Team;
import dev.handoff.session.User;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;

/** What stands behind the API, in memory: enough to see that calls and answers are passed on as they are. */
class Services implements Sessions, Handoffs, TeamLists, RoutingTables, SupportSystems, Undelivered, SupportChains,
        LogReads, WebhookIntake {

    private static final Logger LOG = LoggerFactory.getLogger(Services.class);
    static final Instant NOW = Instant.parse("2026-03-01T12:30:00Z");

    final Map<String, List<Entry>> logs = new ConcurrentHashMap<>();
    final List<HandoffRequest> requests = new CopyOnWriteArrayList<>();
    final List<String> webhooks = new CopyOnWriteArrayList<>();
    final List<User> users = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<HandoffAnswer>> waiting = new CopyOnWriteArrayList<>();
    private final ObjectMapper json = new ObjectMapper();
    volatile RuntimeException failure;
    volatile CallFailed callFailure;
    volatile boolean answerAtOnce = true;
    volatile HandoffProperties.Routing table = new HandoffProperties.Routing("Front Desk", false, List.of(), List.of());
    volatile String closedFor;

    void reset() {
        logs.clear();
        requests.clear();
        reads.clear();
        users.clear();
        webhooks.clear();
        waiting.clear();
        failure = null;
        callFailure = null;
        answerAtOnce = true;
        table = new HandoffProperties.Routing("Front Desk", false, List.of(), List.of());
    }

    final List<String> reads = new CopyOnWriteArrayList<>();
    private final Map<String, Set<LongConsumer>> followers = new ConcurrentHashMap<>();

    @Override
    public Optional<Runnable> follow(String bot, String session, LongConsumer grown) {
        String log = bot + "/" + session;
        if (!logs.containsKey(log)) {
            return Optional.empty();
        }
        followers.computeIfAbsent(log, key -> ConcurrentHashMap.newKeySet()).add(grown);
        return Optional.of(() -> followers.get(log).remove(grown));
    }

    int followers(String bot, String session) {
        return followers.getOrDefault(bot + "/" + session, Set.of()).size();
    }

    @Override
    public void read(String bot) {
        reads.add(bot);
    }

    @Override
    public List<SupportSystem.Check> unread(String connection) {
        return List.of();
    }

    private void fail() {
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public synchronized Appended post(String bot, String session, Message message, User user) {
        fail();
        LOG.info("Appended");
        List<Entry> log = logs.computeIfAbsent(bot + "/" + session, key -> new ArrayList<>());
        for (Entry entry : log) {
            if (message.id() != null && message.id().equals(entry.key())) {
                if (!entry.body().text().equals(message.text())) {
                    throw new KeyConflict("The id '" + message.id() + "' is taken by entry " + entry.seq() + ".");
                }
                return new Appended(entry.seq(), Control.BOT, 0, true, false);
            }
        }
        if (user != null) {
            users.add(user);
        }
        log.add(new Entry(new UUID(0, 1), log.size() + 1L, Side.BOT, Kind.MESSAGE, message.author(),
                json.convertValue(Map.of("text", message.text()), Body.class), message.id(),
                message.at() == null ? NOW : message.at(), 0, false));
        followers.getOrDefault(bot + "/" + session, Set.of()).forEach(one -> one.accept(log.size()));
        return new Appended(log.size(), Control.BOT, 0, false, false);
    }

    @Override
    public Optional<SessionState> find(String bot, String session) {
        fail();
        return Optional.ofNullable(logs.get(bot + "/" + session)).map(log -> new SessionState(session, Control.QUEUE,
                1, new Team("3", "travel"), "desk", Map.of("id", "17"), 0,
                new SessionState.LastError("post", "desk", 503, "is down", NOW)));
    }

    @Override
    public Optional<List<Entry>> log(String bot, String session, long after, int limit) {
        return Optional.ofNullable(logs.get(bot + "/" + session))
                .map(log -> log.stream().filter(entry -> entry.seq() > after).limit(limit).toList());
    }

    @Override
    public Optional<SessionState> close(String bot, String session, String reason) {
        closedFor = reason;
        return find(bot, session);
    }

    @Override
    public CompletableFuture<HandoffAnswer> handOver(String bot, String session, HandoffRequest request) {
        fail();
        requests.add(request);
        if (answerAtOnce) {
            return CompletableFuture.completedFuture(transferred());
        }
        CompletableFuture<HandoffAnswer> answer = new CompletableFuture<>();
        waiting.add(answer);
        return answer;
    }

    static HandoffAnswer transferred() {
        return new HandoffAnswer(HandoffAnswer.Status.TRANSFERRED, Control.QUEUE, 1, new Team("3", "travel"),
                "named by the bot", 2, Map.of("id", "17", "url", "https://desk.example.org/17"), null);
    }

    @Override
    public List<Team> teams(String bot) throws CallFailed {
        if (callFailure != null) {
            throw callFailure;
        }
        return List.of(new Team("3", "travel"), new Team("4", "payments"));
    }

    @Override
    public HandoffProperties.Routing table(String bot) {
        return table;
    }

    @Override
    public void replace(String bot, HandoffProperties.Routing table) {
        if (bot.equals("demo")) {
            throw new OwnedByFile("handoff.bots.demo.routing");
        }
        for (int i = 0; i < table.teams().size(); i++) {
            if (!table.teams().get(i).team().equals("Travel")) {
                throw new FieldsRefused(List.of(new FieldsRefused.Fault("/teams/" + i + "/team",
                        "is no team; there are: Travel")));
            }
        }
        this.table = table;
    }

    @Override
    public Decision explain(String bot, List<String> unfinishedIntents, String team, User user) {
        return new Decision(Decision.Outcome.ASK_INTENT, null, null, "intents " + unfinishedIntents, List.of());
    }

    @Override
    public List<Item> list(String after, int limit) {
        return List.of(new Item(after == null ? "first" : "after-" + after, "shop", "s", 7, 5, Kind.MESSAGE,
                Author.USER, "too long", NOW));
    }

    @Override
    public Optional<Appended> retry(String id) {
        return id.equals("first") ? Optional.of(new Appended(9, Control.AGENT, 2, false, false)) : Optional.empty();
    }

    @Override
    public List<String> replace(String bot, List<String> connections) {
        if (bot.equals("demo")) {
            throw new OwnedByFile("handoff.bots.demo.support");
        }
        return connections;
    }

    @Override
    public void expect(String connection) {
        if (!connection.equals("desk")) {
            throw new dev.handoff.api.http.ProblemException(dev.handoff.api.http.ProblemType.UNKNOWN_CONNECTION, "");
        }
    }

    @Override
    public void take(String connection, SupportSystem.Webhook webhook) {
        if (failure != null) {
            throw failure;
        }
        webhooks.add(connection + " " + webhook.headers().apply("x-signature") + " " + webhook.urlSecret() + " "
                + new String(webhook.body(), java.nio.charset.StandardCharsets.UTF_8));
    }

    @Override
    public SupportSystem get(String connection) {
        return Desk.named(connection);
    }

    @Override
    public Collection<SupportSystem> all() {
        return List.of(Desk.named("desk"));
    }
}
