package dev.handoff.conformance;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.handoff.conformance.Wire.Exchange;
import dev.handoff.conformance.Wire.Reply;

/** What holds of every request, whatever the case: it is as published, and no secret stands in an address. */
final class Conformity {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Optional<PublishedDescription> published;
    private final Account account;
    private final SystemFile file;

    Conformity(Optional<PublishedDescription> published, Account account, SystemFile file) {
        this.published = published;
        this.account = account;
        this.file = file;
    }

    List<Mismatch> of(List<Exchange> exchanges) {
        List<Mismatch> mismatches = new ArrayList<>();
        for (Exchange exchange : exchanges) {
            secrets(exchange.sent(), mismatches);
            if (published.isPresent() && exchange.reply() != null) {
                described(published.get(), exchange.sent(), exchange.reply(), mismatches);
            }
        }
        return mismatches;
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

    private void described(PublishedDescription description, Sent sent, Reply reply, List<Mismatch> into) {
        String path = sent.path();
        if (!path.startsWith(account.basePath())) {
            into.add(new Mismatch("an address below " + account.basePath(), path,
                    "mend the address, or base-path in account.yaml"));
            return;
        }
        String template = description.template(sent.method(), path.substring(account.basePath().length()));
        JsonNode request = sent.json();
        JsonNode response = account.isRecorded() ? json(reply) : null;
        description.check(sent.method(), template, names(sent), sent.header("Content-Type"),
                        request == null ? MissingNode.getInstance() : request, reply.status(), response).stream()
                .filter(breach -> account.knownDifferences().stream().noneMatch(known -> known.explains(breach)))
                .map(breach -> mismatch(breach, sent)).forEach(into::add);
    }

    private Mismatch mismatch(Breach breach, Sent sent) {
        boolean answer = breach.part().equals("answer");
        String where = breach.pointer().isEmpty() ? "" : " at '" + breach.pointer() + "'";
        return new Mismatch((answer ? "a recorded answer" : "a request") + " as " + account.published() + " describes "
                + breach.call(), breach.part() + where + " " + breach.message() + (answer ? " (answer to " + sent.method()
                + " " + sent.target() + ")" : ""), answer ? "correct the recording"
                : "correct the name or value in the route; if the description is wrong, 'known-differences' in account.yaml");
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
