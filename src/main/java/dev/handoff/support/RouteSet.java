package dev.handoff.support;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import dev.handoff.session.Team;
import dev.handoff.session.User;

/** A connection whose operations are the routes of its system's folder. */
class RouteSet implements SupportSystem {

    private final Connection connection;
    private final RouteCall call;
    private final Verification verification;

    RouteSet(Connection connection, RouteCall call) {
        this.connection = connection;
        this.call = call;
        this.verification = new Verification(connection.system().webhook(), connection.settings(), Clock.systemUTC());
    }

    @Override
    public String name() {
        return connection.name();
    }

    @Override
    public String system() {
        return connection.system().name();
    }

    @Override
    public Capabilities capabilities() {
        return connection.capabilities();
    }

    @Override
    public Duration timeout() {
        return connection.timeout();
    }

    @Override
    public int concurrency() {
        return connection.concurrency();
    }

    @Override
    public Integer messagesPerMinute() {
        return connection.messagesPerMinute();
    }

    @Override
    public Map<String, String> createUser(User user, String mark) throws CallFailed {
        return call.run("create-user", map(user), Map.of("mark", mark)).refs(Map.of());
    }

    @Override
    public Map<String, String> createConversation(User user, String mark, Map<String, String> refs, Team team,
            Post first, boolean inDoubt, boolean mayCreate) throws CallFailed {
        Map<String, Object> variables = new HashMap<>();
        variables.put("mark", mark);
        variables.put("refs", refs);
        variables.put("team", map(team));
        variables.put("first", first == null ? null : map(first));
        variables.put("inDoubt", inDoubt);
        variables.put("mayCreate", mayCreate);
        return call.run("create-conversation", map(user), variables).refs(refs);
    }

    @Override
    public String post(Post post, Map<String, String> refs) throws CallFailed {
        return call.run("post", map(post), Map.of("refs", refs, "mark", post.mark())).id();
    }

    @Override
    public Map<String, String> find(List<Post> posts, Map<String, String> refs) throws CallFailed {
        List<String> marks = posts.stream().map(Post::mark).toList();
        return call.run("find", marks, Map.of("refs", refs, "posts", posts.stream().map(this::map).toList()))
                .found(marks);
    }

    @Override
    public List<Team> teams() throws CallFailed {
        return call.run("teams", null, Map.of()).teams();
    }

    @Override
    public Availability availability(Team team) throws CallFailed {
        return connection.system().availability()
                ? call.run("availability", map(team), Map.of()).availability()
                : new Availability(null, null, null);
    }

    @Override
    public void transfer(Team team, Map<String, String> refs) throws CallFailed {
        call.run("transfer", map(team), Map.of("refs", refs));
    }

    @Override
    public State state(Map<String, String> refs) throws CallFailed {
        return call.run("state", null, Map.of("refs", refs)).state();
    }

    @Override
    public void close(Map<String, String> refs, String reason) throws CallFailed {
        call.run("close", reason, Map.of("refs", refs));
    }

    @Override
    public void reopen(Map<String, String> refs) throws CallFailed {
        call.run("reopen", null, Map.of("refs", refs));
    }

    @Override
    public Custom custom() {
        return connection.custom();
    }

    @Override
    public String refusal(Webhook webhook) {
        return verification.refusal(webhook);
    }

    @Override
    public String deliveryId(Webhook webhook) {
        return verification.deliveryId(webhook);
    }

    @Override
    public Received receive(String raw) throws CallFailed {
        SendGuard none = () -> {
            throw new SendGuard.SendForbidden("receive must not call the system: it only reads what came.");
        };
        try {
            return none.call(() -> new ReadAnswer(call.run("receive", raw, Map.of())).received());
        } catch (CallFailed | RuntimeException e) {
            throw e;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public News eventsSince(Map<String, String> refs, String position) throws CallFailed {
        return new ReadAnswer(call.run("events-since", null, at(position, Map.of("refs", refs)))).news();
    }

    @Override
    public Changes changedSince(String position) throws CallFailed {
        return new ReadAnswer(call.run("changed-since", null, at(position, Map.of()))).changes();
    }

    private static Map<String, Object> at(String position, Map<String, Object> variables) {
        Map<String, Object> all = new HashMap<>(variables);
        all.put("position", position);
        return all;
    }

    @Override
    public List<Check> check() {
        RouteCall.Result result = call.attempt("check", null, Map.of(RouteCall.CHECKS, List.of()));
        List<Check> checks = new ArrayList<>(Answer.checks(result.failed() == null ? result.body() : result.checks()));
        if (result.failed() != null) {
            checks.add(failed(result.failed().getMessage()));
        }
        return checks;
    }

    /** Messages about a setting begin with its name. */
    private static Check failed(String message) {
        int colon = message.indexOf(':');
        boolean named = message.startsWith("settings.") && colon > 0;
        return new Check(named ? message.substring("settings.".length(), colon) : null, false,
                named ? message.substring(colon + 1).trim() : message);
    }

    private static Map<String, Object> map(User user) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (user != null) {
            map.put("id", user.id());
            map.put("name", user.name());
            map.put("email", user.email());
            map.put("phone", user.phone());
            map.put("language", user.language());
            map.put("attributes", user.attributes());
        }
        return map;
    }

    /** Empty for no team. */
    private static Map<String, Object> map(Team team) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (team != null) {
            map.put("id", team.id());
            map.put("name", team.name());
        }
        return map;
    }

    private Map<String, Object> map(Post post) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("mark", post.mark());
        map.put("note", post.note());
        map.put("author", post.author().name().toLowerCase(Locale.ROOT));
        map.put("name", post.name());
        map.put("text", post.text());
        if (capabilities().html()) {
            map.put("html", Html.of(post.text()));
        }
        map.put("at", post.at());
        return map;
    }
}
