package dev.handoff.support;

import java.util.Map;

import dev.handoff.routes.RouteGate;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;

/** Runs the route of an operation: a fresh exchange to {@code direct:<system>-<operation>}. */
class RouteCall {

    /** A route may keep here what it has found so far; {@code check} reads it if the route fails. */
    static final String CHECKS = "checks";

    private final CamelContext camel;
    private final ProducerTemplate template;
    private final RouteGate gate;
    private final Connection connection;
    private final Outcomes outcomes;

    RouteCall(CamelContext camel, ProducerTemplate template, RouteGate gate, Connection connection) {
        this.camel = camel;
        this.template = template;
        this.gate = gate;
        this.connection = connection;
        this.outcomes = new Outcomes(connection);
    }

    /** What the route gives back. */
    Answer run(String operation, Object body, Map<String, Object> variables) throws CallFailed {
        Result result = attempt(operation, body, variables);
        if (result.failed() != null) {
            throw result.failed();
        }
        return new Answer(connection.system().name() + "-" + operation, result.body(),
                problem -> outcomes.failed(CallFailed.Outcome.UNKNOWN, operation, null, null, problem));
    }

    Result attempt(String operation, Object body, Map<String, Object> variables) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getIn().setBody(Sendable.of(body));
        exchange.setVariable("settings", connection.settings());
        exchange.setVariable("connection", connection.name());
        exchange.setVariable("timeout", connection.timeout().toMillis());
        variables.forEach((name, value) -> exchange.setVariable(name, Sendable.of(value)));
        GuardedSending.Sent sent = new GuardedSending.Sent();
        GuardedSending.SENT.set(sent);
        try {
            gate.call(() -> template.send("direct:" + connection.system().name() + "-" + operation, exchange));
        } finally {
            GuardedSending.SENT.remove();
        }
        Exception failure = exchange.getException();
        return failure == null ? new Result(exchange.getMessage().getBody(), exchange.getVariable(CHECKS), null)
                : new Result(null, exchange.getVariable(CHECKS), outcomes.of(operation, failure, sent));
    }

    /** @param failed null if the route came to its end */
    record Result(Object body, Object checks, CallFailed failed) {
    }
}
