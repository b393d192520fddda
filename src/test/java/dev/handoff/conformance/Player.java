package dev.handoff.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.handoff.conformance.Wire.Reply;

/** Plays a recording: each request must be the next one. */
final class Player implements Wire.OtherEnd {

    private static final Reply LOST = Reply.json(500, "{\"error\":\"this request is not in the recording\"}");

    private final Recording recording;
    private final String basePath;
    private final Collection<String> refs;
    private final List<Mismatch> mismatches = new ArrayList<>();
    private int next;

    /** @param refs values that the account has, and that may be wrong there */
    Player(Recording recording, String basePath, Collection<String> refs) {
        this.recording = recording;
        this.basePath = basePath;
        this.refs = refs;
    }

    @Override
    public synchronized Reply answer(Sent sent) {
        if (next >= recording.exchanges().size()) {
            mismatches.add(new Mismatch("nothing more than the " + next + " requests of " + recording.file(), sent,
                    "if the request is right, add it to the recording with its answer; else take it from the route"));
            return LOST;
        }
        Recording.Exchange expected = recording.exchanges().get(next++);
        String where = recording.file() + ":" + expected.line();
        List<String> differences = new ArrayList<>();
        if (!sent.method().equals(expected.method()) || !samePath(expected.path(), sent)) {
            mismatches.add(new Mismatch(expected.method() + " " + basePath + expected.path() + " (" + where + ")", sent,
                    "mend method or address in the route; or, if the route is right, the recording"
                            + orRefs(otherParts(expected, sent))));
            next = recording.exchanges().size();
            return LOST;
        }
        expected.headers().forEach((name, value) -> {
            if (!value.equals(JsonDifference.ANY) && !value.equals(sent.header(name))) {
                differences.add("header " + name + ": recorded " + value + ", sent " + sent.header(name));
            }
        });
        differences.addAll(body(expected, sent));
        if (!differences.isEmpty()) {
            mismatches.add(new Mismatch("the request of " + where, String.join("; ", differences),
                    "mend what the route sends; or, if that is right, the recording" + orRefs(differences)));
        }
        return expected.reply();
    }

    /** What was not as recorded; that requests are missing is the last of it. */
    synchronized List<Mismatch> mismatches() {
        List<Mismatch> all = new ArrayList<>(mismatches);
        if (next < recording.exchanges().size()) {
            Recording.Exchange missing = recording.exchanges().get(next);
            all.add(new Mismatch(missing.method() + " " + basePath + missing.path() + " (" + recording.file() + ":"
                    + missing.line() + ")", "it was not sent", "let the route send it; or take it from the recording"));
        }
        return all;
    }

    /** Whether a request was another one than recorded. */
    synchronized boolean wentAstray() {
        return !mismatches.isEmpty();
    }

    /** @param different in what a request differs, each with what was sent at its end */
    private String orRefs(List<String> different) {
        boolean ref = different.stream().anyMatch(one -> refs.stream().anyMatch(value -> one.equals(value)
                || one.endsWith("sent " + value) || one.endsWith("sent \"" + value + "\"")));
        return ref ? ", or 'refs' in " + Account.NAME : "";
    }

    private List<String> otherParts(Recording.Exchange expected, Sent sent) {
        List<String> recorded = parts(basePath + expected.path());
        return parts(sent.target()).stream().filter(part -> !recorded.contains(part)).toList();
    }

    private static List<String> parts(String target) {
        return Stream.of(target.split("[/?&=]")).map(Sent::decoded).toList();
    }

    private boolean samePath(String expected, Sent sent) {
        Sent recorded = new Sent(sent.method(), basePath + expected, sent.headers(), new byte[0]);
        return recorded.target().equals(sent.target())
                || Sent.decoded(recorded.path()).equals(Sent.decoded(sent.path()))
                && recorded.query().stream().sorted().toList().equals(sent.query().stream().sorted().toList());
    }

    private static List<String> body(Recording.Exchange expected, Sent sent) {
        if (sent.method().equals("GET") && expected.body().isMissingNode()) {
            return List.of();
        }
        if (expected.form() != sent.isForm()) {
            return List.of("Content-Type: recorded " + (expected.form() ? "a form" : "JSON") + ", sent "
                    + sent.header("Content-Type"));
        }
        JsonNode json = sent.json();
        if (json == null) {
            return expected.body().isTextual() && expected.body().textValue().equals(sent.text()) ? List.of()
                    : List.of("the body: recorded " + expected.body() + ", sent what is not JSON: " + sent.text());
        }
        boolean nothing = expected.body().isMissingNode() && (json.isMissingNode() || json.isNull()
                || json.isObject() && json.isEmpty());
        return nothing ? List.of() : JsonDifference.of(expected.body(), json.isNull() ? MissingNode.getInstance() : json);
    }
}
