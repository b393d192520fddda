package dev.handoff.lane;

import java.util.Map;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.handoff.routes.RouteGate;
import dev.handoff.support.CallFailed;
import dev.handoff.support.CallFailed.Outcome;

import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.direct.DirectConsumerNotAvailableException;
import org.springframework.stereotype.Component;

/**
 * The steps that {@code routes/handoff/handoff.camel.yaml} is made of, and the call of that route. The YAML says what
 * happens and in which order; the steps say what must not break.
 */
@Component
class MainLine extends RouteBuilder {

    private static final String ROUTE = "direct:handoff";
    private static final String HANDOVER = "handover";
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
    };

    private final CamelContext camel;
    private final ProducerTemplate producer;
    private final RouteGate gate;
    private final ObjectMapper json;

    MainLine(CamelContext camel, ProducerTemplate producer, RouteGate gate, ObjectMapper json) {
        this.camel = camel;
        this.producer = producer;
        this.gate = gate;
        this.json = json;
    }

    /** One step of the main line. */
    @FunctionalInterface
    private interface Step {
        void take(Handover handover, Exchange exchange) throws Exception;
    }

    @Override
    public void configure() {
        step("create-user", "Finds or makes the person in the support system",
                (handover, exchange) -> handover.createUser());
        step("create-conversation", "Finds or makes the conversation, hidden from agents until the transfer",
                (handover, exchange) -> handover.createConversation());
        step("replay-history", "Posts what user and bot have said so far",
                (handover, exchange) -> handover.replayHistory());
        step("find-team", "Turns the team that was decided upon into the support system's own",
                (handover, exchange) -> handover.resolveTeam());
        step("transfer", "Gives the conversation to the team", (handover, exchange) -> handover.transfer());
        step("note", "Posts the body as a private note for the agents, once however often the handoff is tried",
                (handover, exchange) -> handover.note(exchange.getMessage().getMandatoryBody(String.class)));
    }

    private void step(String name, String description, Step step) {
        from("direct:" + name).routeId(name).routeDescription(description).process(exchange -> {
            Handover handover = exchange.getProperty(HANDOVER, Handover.class);
            try {
                step.take(handover, exchange);
            } finally {
                exchange.setVariable("refs", handover.run().leg().refs());
                exchange.setVariable("team", handover.team());
            }
        });
    }

    /** Runs the main line for a handoff. */
    void run(Handover handover) throws CallFailed {
        Exchange exchange = camel.getEndpoint(ROUTE).createExchange();
        exchange.setProperty(HANDOVER, handover);
        exchange.setVariable("bot", handover.run().session().bot());
        exchange.setVariable("session", handover.run().session().key());
        exchange.setVariable("connection", handover.run().support().name());
        exchange.setVariable("user", json.convertValue(handover.user(), MAP));
        exchange.setVariable("handoff", json.convertValue(handover.entry().body(), MAP));
        exchange.setVariable("team", handover.team());
        exchange.setVariable("refs", handover.run().leg().refs());
        Exception failure = gate.call(() -> producer.send(ROUTE, exchange)).getException();
        if (failure != null) {
            throw failed(failure, handover);
        }
        if (!handover.transferred()) {
            throw misconfigured(handover, "the route 'handoff' came to its end without the step direct:transfer;"
                    + " put it back into routes/handoff/handoff.camel.yaml", null);
        }
    }

    private static CallFailed failed(Throwable failure, Handover handover) {
        Throwable cause = failure instanceof CamelExecutionException ? failure.getCause() : failure;
        if (cause instanceof CallFailed known) {
            return known;
        }
        if (cause instanceof Postponed || cause instanceof TokenLost
                || cause instanceof org.springframework.dao.DataAccessException
                || cause instanceof org.springframework.transaction.TransactionException) {
            throw (RuntimeException) cause;
        }
        if (cause instanceof DirectConsumerNotAvailableException) {
            return new CallFailed(Outcome.NOT_SENT, handover.run().support().name(), "handoff", null, null,
                    "a route of the main line is not there just now: " + cause.getMessage(), cause);
        }
        return misconfigured(handover, "a step of the route 'handoff' failed: " + cause, cause);
    }

    private static CallFailed misconfigured(Handover handover, String message, Throwable cause) {
        return new CallFailed(Outcome.MISCONFIGURED, handover.run().support().name(), "handoff", null, null, message,
                cause);
    }
}
