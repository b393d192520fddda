package dev.handoff.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes the calls of Chatwoot's API: finds the route, meets the fault, asks for the token, answers. */
final class Dispatch implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatch.class);

    private final ObjectMapper mapper;
    private final Routes routes = new Routes();
    private final Supplier<Desk> desk;
    private final Faults faults;
    private final Tally tally;
    private final Consumer<RecordedCall> recorder;

    Dispatch(ObjectMapper mapper, Supplier<Desk> desk, Faults faults, Tally tally, Consumer<RecordedCall> recorder) {
        this.mapper = mapper;
        this.desk = desk;
        this.faults = faults;
        this.tally = tally;
        this.recorder = recorder;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            // Read to its end first: a connection with unread input cannot be kept.
            byte[] input = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getRawPath();
            Routes.Match match = routes.find(exchange.getRequestMethod(), path);
            String template = match == null ? path : match.route().template();
            tally.call(exchange.getRequestMethod(), template);
            answerWithFaults(exchange, input, match, template);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answerWithFaults(HttpExchange exchange, byte[] input, Routes.Match match, String template)
            throws IOException, InterruptedException {
        Faults.Met met = faults.meet(exchange.getRequestMethod(), template);
        if (!met.latency().isZero()) {
            tally.fault(Fault.Kind.LATENCY);
            Thread.sleep(met.latency().toMillis());
        }
        Fault fault = met.fault();
        if (fault == null) {
            send(exchange, answer(exchange, input, match, template));
            return;
        }
        tally.fault(fault.kind());
        switch (fault.kind()) {
            case ERROR_BEFORE -> send(exchange, Answer.rails(500, "Internal Server Error"));
            case LIMITED -> sendLimited(exchange, fault);
            // To leave the exchange without an answer ends the connection.
            case RESET_BEFORE -> LOG.debug("Sandbox: reset before {}", template);
            case HANG_BEFORE -> {
                faults.hang(fault);
                send(exchange, answer(exchange, input, match, template));
            }
            case HANG_AFTER -> {
                Answer answer = answer(exchange, input, match, template);
                faults.hang(fault);
                send(exchange, answer);
            }
            case ERROR_AFTER -> {
                answer(exchange, input, match, template);
                send(exchange, Answer.rails(500, "Internal Server Error"));
            }
            case REFUSED_BEFORE -> send(exchange, refusal());
            case REFUSED_AFTER -> {
                answer(exchange, input, match, template);
                send(exchange, refusal());
            }
            case RESET_AFTER -> answer(exchange, input, match, template);
            case LATENCY -> throw new IllegalStateException("latency is no fault of its own");
        }
    }

    private static Answer refusal() {
        return Answer.error(422, "Error connecting to Redis on 127.0.0.1:6379");
    }

    private Answer answer(HttpExchange exchange, byte[] input, Routes.Match match, String template) {
        Map<String, String> query = Map.of();
        JsonNode body = JsonNodeFactory.instance.objectNode();
        Answer answer;
        try {
            query = Http.query(exchange);
            body = body(exchange, input);
            answer = run(exchange, match, query, body);
        } catch (Refusal refusal) {
            answer = refusal.answer();
        } catch (RuntimeException e) {
            LOG.error("Sandbox: {} {} failed", exchange.getRequestMethod(), template, e);
            answer = Answer.rails(500, "Internal Server Error");
        }
        recorder.accept(new RecordedCall(exchange.getRequestMethod(), template, query, body, answer.status(),
                answer.body()));
        return answer;
    }

    private Answer run(HttpExchange exchange, Routes.Match match, Map<String, String> query, JsonNode body) {
        if (match == null) {
            return Answer.rails(404, "Not Found");
        }
        Desk account = desk.get();
        SandboxSeed.Agent user = user(account, exchange);
        String number = match.variables().get("account_id");
        if (number != null && !number.equals(Long.toString(account.seed().account()))) {
            throw Refusal.notFound();
        }
        return match.route().handler().apply(new Call(account, user, match.variables(), query, body));
    }

    /** Rack takes the header with hyphens and with underscores for the same one. */
    private static SandboxSeed.Agent user(Desk desk, HttpExchange exchange) {
        String token = exchange.getRequestHeaders().getFirst("api-access-token");
        if (token == null) {
            token = exchange.getRequestHeaders().getFirst("api_access_token");
        }
        if (token == null || token.isBlank()) {
            throw Refusal.noToken();
        }
        SandboxSeed.Agent owner = desk.ownerOf(token);
        if (owner == null) {
            throw Refusal.wrongToken();
        }
        return owner;
    }

    /** Only what is announced as JSON is read as such; Rails does the same. */
    private JsonNode body(HttpExchange exchange, byte[] input) {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (input.length == 0 || type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            return JsonNodeFactory.instance.objectNode();
        }
        try {
            JsonNode body = mapper.readTree(input);
            if (!body.isObject()) {
                throw Refusal.badRequest();
            }
            return body;
        } catch (IOException e) {
            throw Refusal.badRequest();
        }
    }

    private void send(HttpExchange exchange, Answer answer) throws IOException {
        Http.sendJson(exchange, answer.status(), answer.bytes(mapper));
    }

    /** As rack-attack does it: plain text. */
    private static void sendLimited(HttpExchange exchange, Fault fault) throws IOException {
        if (fault.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", Long.toString(fault.retryAfter().toSeconds()));
        }
        Http.send(exchange, 429, "text/plain", "Retry later\n".getBytes(StandardCharsets.UTF_8));
    }
}
