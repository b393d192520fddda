package dev.handoff.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

/**
 * What a test in another process asks of a sandbox: faults, counters, a reset, a look at the conversations, and what
 * agents do in them.
 */
final class ControlApi implements HttpHandler {

    /**
     * A fault in JSON.
     *
     * @param kind              as {@code error-after}; {@code down} is known too, with {@code millis}
     * @param millis            how long a latency, a hang or the time of being down is
     * @param retryAfterSeconds of {@code limited}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entry(String kind, Double probability, Integer next, String method, String path, Long millis,
            Long retryAfterSeconds) {

        static Entry of(Fault fault) {
            return new Entry(fault.kind().json(), fault.probability(), fault.next(), fault.method(), fault.path(),
                    fault.delay() == null ? null : fault.delay().toMillis(),
                    fault.retryAfter() == null ? null : fault.retryAfter().toSeconds());
        }

        boolean down() {
            return "down".equals(kind);
        }

        Fault fault() {
            Fault.Kind known = Arrays.stream(Fault.Kind.values()).filter(k -> k.json().equals(kind)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("kind must be one of down, "
                            + Arrays.stream(Fault.Kind.values()).map(Fault.Kind::json)
                                    .collect(Collectors.joining(", ")) + "; not " + kind));
            return new Fault(known, probability == null ? 1 : probability, next, method, path,
                    millis == null ? null : Duration.ofMillis(millis),
                    retryAfterSeconds == null ? null : Duration.ofSeconds(retryAfterSeconds));
        }
    }

    record Limits(Integer messagesPerMinute) {
    }

    private static final byte[] NOTHING = {};
    private static final Pattern CONVERSATION = Pattern.compile(
            "/sandbox/conversations/(?<id>\\d{1,18})(?:/(?<action>[a-z]+))?");

    private final ObjectMapper mapper;
    private final SandboxServer server;

    ControlApi(ObjectMapper mapper, SandboxServer server) {
        this.mapper = mapper;
        this.server = server;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        Duration down = null;
        try (exchange) {
            down = answer(exchange, exchange.getRequestBody().readAllBytes());
        }
        if (down != null) {
            server.down(down);
        }
    }

    /** Gives how long the server shall be down after the answer; null if it shall not. */
    private Duration answer(HttpExchange exchange, byte[] input) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Duration down = null;
        try {
            switch (exchange.getRequestMethod() + " " + path) {
                case "GET /sandbox/faults" -> send(exchange, faults());
                case "DELETE /sandbox/faults" -> {
                    server.faults().clear();
                    send(exchange, faults());
                }
                case "PUT /sandbox/faults" -> {
                    down = replaceFaults(input);
                    send(exchange, faults());
                }
                case "POST /sandbox/reset" -> {
                    server.reset();
                    Http.sendJson(exchange, 200, NOTHING);
                }
                case "GET /sandbox/calls" -> send(exchange, server.tally().counts());
                case "PUT /sandbox/limits" -> {
                    Limits limits = mapper.readValue(input, Limits.class);
                    server.limitMessagesPerMinute(limits.messagesPerMinute());
                    send(exchange, limits);
                }
                case "GET /sandbox/conversations" -> send(exchange, server.view().conversations(wanted(exchange)));
                case "GET /sandbox/webhook-faults" -> send(exchange, server.webhooks().faults());
                case "PUT /sandbox/webhook-faults" -> {
                    server.webhooks().faults(mapper.readValue(input, WebhookFaults.class));
                    send(exchange, server.webhooks().faults());
                }
                case "POST /sandbox/webhooks" -> {
                    server.webhooks().add(mapper.readValue(input, Webhook.class));
                    Http.sendJson(exchange, 200, NOTHING);
                }
                case "DELETE /sandbox/webhooks" -> {
                    server.webhooks().clear();
                    Http.sendJson(exchange, 200, NOTHING);
                }
                default -> conversation(exchange, path, input);
            }
        } catch (JsonProcessingException e) {
            refuse(exchange, 400, e.getOriginalMessage());
        } catch (IllegalArgumentException e) {
            refuse(exchange, 400, e.getMessage());
        } catch (Refusal refusal) {
            refuse(exchange, refusal.answer().status(), "Cannot read the query");
        }
        return down;
    }

    private List<Entry> faults() {
        return server.faults().list().stream().map(Entry::of).toList();
    }

    /** Gives how long the server shall be down; null if it shall not. */
    private Duration replaceFaults(byte[] input) throws IOException {
        List<Fault> faults = new ArrayList<>();
        Duration down = null;
        for (Entry entry : mapper.readValue(input, Entry[].class)) {
            if (!entry.down()) {
                faults.add(entry.fault());
            } else if (entry.millis() == null) {
                throw new IllegalArgumentException("down needs millis: nobody could ask it to come up again");
            } else {
                down = Duration.ofMillis(entry.millis());
            }
        }
        server.faults().clear();
        faults.forEach(server.faults()::add);
        return down;
    }

    private static AgentView.Wanted wanted(HttpExchange exchange) {
        Map<String, String> query = Http.query(exchange);
        return new AgentView.Wanted(query.get("team"), query.get("status"), query.get("source_id"),
                query.containsKey("limit") ? Integer.parseInt(query.get("limit")) : Integer.MAX_VALUE);
    }

    /** Shows a conversation, or does first what an agent does. */
    private void conversation(HttpExchange exchange, String path, byte[] input) throws IOException {
        Matcher asked = CONVERSATION.matcher(path);
        Optional<AgentView.Detail> found = Optional.empty();
        if (asked.matches() && exchange.getRequestMethod().equals(asked.group("action") == null ? "GET" : "POST")) {
            long id = Long.parseLong(asked.group("id"));
            if (asked.group("action") != null) {
                mapper.readValue(input, AgentAction.class).perform(server.agents(), id, asked.group("action"));
            }
            found = server.view().conversation(id);
        }
        if (found.isPresent()) {
            send(exchange, found.get());
        } else {
            refuse(exchange, 404, "There is no " + exchange.getRequestMethod() + " " + path);
        }
    }

    private void send(HttpExchange exchange, Object body) throws IOException {
        Http.sendJson(exchange, 200, mapper.writeValueAsBytes(body));
    }

    private void refuse(HttpExchange exchange, int status, String error) throws IOException {
        Http.sendJson(exchange, status, mapper.writeValueAsBytes(Map.of("error", error)));
    }
}
