package dev.handoff.conformance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import dev.handoff.session.Author;
import dev.handoff.session.Team;
import dev.handoff.support.AnyCall;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystem.Levels;
import dev.handoff.support.SupportSystem.News;
import dev.handoff.support.SupportSystem.Post;
import dev.handoff.support.SupportSystem.Remark;
import org.awaitility.Awaitility;

/** What a case works with: the operations, the inputs, the people over there. */
final class Scene {

    private static final int PAGES = 50;
    private static final Duration VISIBLE_WITHIN = Duration.ofSeconds(15);

    final SupportSystem support;
    final SystemFile file;
    final Account account;
    final Inputs in;
    final Wire wire;
    final People people;
    private final Lookup connections;
    private final AnyCall any;
    private final boolean recorded;
    private final Map<String, String> posted = new HashMap<>();
    private String operation;

    /** A further connection of the kit. */
    interface Lookup {
        SupportSystem connection(String name);
    }

    /** All that was read, page after page. */
    record Heard(List<Remark> remarks, Levels levels, String position) {

        /** The people's messages that the user would see. */
        List<Remark> relayed() {
            return remarks.stream().filter(r -> r.author() == Author.AGENT && r.mark() == null && !r.own() && !r.note()
                    && !r.deleted()).toList();
        }

        List<Remark> saying(String text) {
            return remarks.stream().filter(r -> text.equals(r.text()) && !r.deleted()).toList();
        }
    }

    Scene(Lookup connections, AnyCall any, SystemFile file, Account account, Inputs in, Wire wire, People people) {
        this.connections = connections;
        this.any = any;
        this.support = connections.connection(RunningRoutes.MAIN);
        this.file = file;
        this.account = account;
        this.in = in;
        this.wire = wire;
        this.people = people;
        this.recorded = account.isRecorded();
    }

    SupportSystem connection(String name) {
        return connections.connection(name);
    }

    boolean keepsState() {
        return !recorded;
    }

    /** The operation that was called last; null: none was. */
    String operation() {
        return operation;
    }

    /** Does what must work. */
    <T> T done(String name, Callable<T> call) throws Exception {
        operation = name;
        try {
            return call.call();
        } catch (CallFailed e) {
            throw new Mismatch(name + " is done", words(e),
                    "see the row '" + name + "' and 'What an answer means' in routes/support/README.md");
        }
    }

    /** Does what must fail. */
    CallFailed failed(String name, CallFailed.Outcome outcome, Callable<?> call) throws Exception {
        operation = name;
        String expected = name + " ends as " + name(outcome);
        String mend = "let the route raise dev.handoff.support." + type(outcome)
                + ", or add an entry to 'outcomes' in system.yaml";
        try {
            throw new Mismatch(expected, "it was done: " + call.call(), mend);
        } catch (CallFailed e) {
            Mismatch.unless(e.outcome() == outcome, expected, words(e), mend);
            secretsAreKept(e.getMessage());
            return e;
        }
    }

    /** Calls an operation with settings, body and variables of the case's own. */
    Object any(String name, Map<String, Object> settings, Object body, Map<String, Object> variables)
            throws CallFailed {
        operation = name;
        return any.run(settings, name, body, variables);
    }

    /** The outcome as {@code system.yaml} and the contract call it. */
    static String name(CallFailed.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static String words(CallFailed failed) {
        return name(failed.outcome()) + ": " + failed.getMessage()
                + (failed.httpStatus() == null ? "" : " (HTTP " + failed.httpStatus() + ")");
    }

    private static String type(CallFailed.Outcome outcome) {
        return switch (outcome) {
            case NOT_SENT -> "NotSent";
            case LIMITED -> "Limited";
            case MISCONFIGURED -> "Misconfigured";
            case UNKNOWN -> "OutcomeUnknown";
            case GONE -> "Gone";
            case REJECTED -> "Rejected";
        };
    }

    void secretsAreKept(String message) {
        for (String secret : file.secrets()) {
            Object value = account.settings().get(secret);
            Mismatch.unless(value == null || !message.contains(value.toString()),
                    "a message that does not hold the secret settings." + secret, "it does", "leave it out of the message");
        }
    }

    /** The refs of the person, who is there. */
    Map<String, String> person() throws Exception {
        return recorded ? account.refs("user")
                : done("create-user", () -> support.createUser(in.ana(), in.userMark("u-1")));
    }

    /** The refs of a conversation that agents do not see yet. */
    Map<String, String> conversation() throws Exception {
        Map<String, String> person = person();
        if (recorded) {
            Map<String, String> refs = new HashMap<>(person);
            refs.putAll(account.refs("conversation"));
            return refs;
        }
        return done("create-conversation", () -> support.createConversation(in.ana(), in.conversationMark(), person,
                account.team(), null, false, true));
    }

    /** The refs of a conversation that the team has. */
    Map<String, String> handedOver() throws Exception {
        Map<String, String> refs = conversation();
        given("transfer", () -> {
            support.transfer(account.team(), refs);
            return null;
        });
        return refs;
    }

    Map<String, String> closed() throws Exception {
        Map<String, String> refs = handedOver();
        given("close", () -> {
            support.close(refs, "The user is content.");
            return null;
        });
        return refs;
    }

    /** What has happened before: with recordings nothing is sent for it. */
    void given(String name, Callable<?> call) throws Exception {
        if (!recorded) {
            done(name, call);
        }
    }

    void givenPost(Post post, Map<String, String> refs) throws Exception {
        given("post", () -> posted.put(post.mark(), support.post(post, refs)));
    }

    String post(Post post, Map<String, String> refs) throws Exception {
        String id = done("post", () -> support.post(post, refs));
        posted.put(post.mark(), id);
        return id;
    }

    /** Mark to id of all that was posted in this case. */
    Map<String, String> posted() {
        return posted;
    }

    void transfer(Team team, Map<String, String> refs) throws Exception {
        done("transfer", () -> {
            support.transfer(team, refs);
            return null;
        });
    }

    Heard read(Map<String, String> refs, String position) throws Exception {
        List<Remark> remarks = new ArrayList<>();
        String at = position;
        for (int page = 0; page < PAGES; page++) {
            String from = at;
            News news = done("events-since", () -> support.eventsSince(refs, from));
            remarks.addAll(news.remarks());
            at = news.position();
            if (!news.more()) {
                return new Heard(remarks, news.levels(), at);
            }
        }
        throw new Mismatch("events-since comes to an end", "'more' was true " + PAGES + " times in a row",
                "give back more: false when everything has been read");
    }

    /** Something that must be seen; a server that keeps state may take a while to show it. */
    void seen(Case.Body look) throws Exception {
        if (recorded) {
            look.run(this);
            return;
        }
        Mismatch[] last = new Mismatch[1];
        try {
            Awaitility.await().atMost(VISIBLE_WITHIN).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        try {
                            look.run(this);
                            return true;
                        } catch (Mismatch e) {
                            last[0] = e;
                            return false;
                        }
                    });
        } catch (org.awaitility.core.ConditionTimeoutException e) {
            if (last[0] == null) {
                throw e;
            }
            throw last[0];
        }
    }
}
