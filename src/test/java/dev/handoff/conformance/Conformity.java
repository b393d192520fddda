package dev.handoff.conformance;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.handoff.conformance.Account.Known;
import dev.handoff.conformance.Wire.Exchange;
import dev.handoff.conformance.Wire.Reply;

/** What holds of every request, whatever the case: it is as published, and no secret stands in an address. */
final class Conformity {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<Account.Published, PublishedDescription> published;
    private final Account account;
    private final SystemFile file;
    private final Set<Known> met = new HashSet<>();

    /** @param published empty if requests are not to be checked */
    Conformity(Map<Account.Published, PublishedDescription> published, Account account, SystemFile file) {
        this.published = published;
        this.account = account;
        this.file = file;
    }

    List<Mismatch> of(List<Exchange> exchanges) {
        List<Mismatch> mismatches = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            secrets(exchange.sent(), mismatches);
            if (!published.isEmpty() && exchange.reply() != null) {
                described(exchange.sent(), exchange.reply(), mismatches);
            }
        }
        return mismatches;
    }

    /** Whether there is anything to compare with. */
    boolean compares() {
        return !published.isEmpty();
    }

    /** Known differences that nothing has come to yet. */
    List<Known> idle() {
        return account.knownDifferences().stream().filter(known -> !met.contains(known)).toList();
    }

    private boolean isKnown(Breach breach) {
        List<Known> known = account.knownDifferences().stream().filter(one -> one.explains(breach)).toList();
        met.addAll(known);
        return !known.isEmpty();
    }

    private void secrets(Sent sent, List<Mismatch> into) {
        for (String secret : file.secrets()) {
            Object value = account.settings().get(secret);
            if (value != null && sent.target().contains(encoded(value.toString()))) {
                into.add(new Mismatch("an address without the secret settings." + secret, "it stands in the address of "
                        + sent.method() + " " + sent.path(), "send it as a header: addresses stand in logs"));
            }
        }
    }

    private void described(Sent sent, Reply reply, List<Mismatch> into) {
        List<Account.Published> below = published.keySet().stream()
                .filter(one -> sent.path().startsWith(one.basePath())).toList();
        if (below.isEmpty()) {
            into.add(new Mismatch("an address below " + published.keySet().iterator().next().basePath(), sent.path(),
                    "mend the address, or base-path in account.yaml"));
            return;
        }
        Account.Published one = below.stream().filter(each -> published.get(each)
                .describes(sent.method(), template(each, sent))).findFirst().orElse(below.get(0));
        JsonNode request = sent.json();
        JsonNode response = account.isRecorded() ? json(reply) : null;
        published.get(one).check(sent.method(), template(one, sent), names(sent), sent.header("Content-Type"),
                        request == null ? MissingNode.getInstance() : request, reply.status(), response).stream()
                .filter(breach -> !isKnown(breach))
                .map(breach -> mismatch(one, breach, sent)).forEach(into::add);
    }

    private String template(Account.Published one, Sent sent) {
        return published.get(one).template(sent.method(), sent.path().substring(one.basePath().length()));
    }

    private static Mismatch mismatch(Account.Published one, Breach breach, Sent sent) {
        boolean answer = breach.part().equals("answer");
        String where = breach.pointer().isEmpty() ? "" : " at '" + breach.pointer() + "'";
        String mend = (answer ? "correct the recording" : "correct the name or value in the route")
                + "; if the description is wrong, write under 'known-differences' in " + Account.NAME;
        return new Mismatch((answer ? "a recorded answer" : "a request") + " as " + one.file() + " describes "
                + breach.call(), breach.part() + where + " " + breach.message() + (answer ? " (answer to " + sent.method()
                + " " + sent.target() + ")" : ""), mend + ":\n            - " + Known.of(breach));
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static List<String> names(Sent sent) {
        return sent.query().stream().map(parameter -> parameter.substring(0, parameter.indexOf('='))).toList();
    }

    private static JsonNode json(Reply reply) {
        try {
            return reply.body().length == 0 ? null : JSON.readTree(reply.body());
        } catch (IOException notJson) {
            return null;
        }
    }
}
