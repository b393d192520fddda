package dev.handoff.support;

import java.util.Map;

import dev.handoff.routes.RouteGate;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.springframework.context.ApplicationContext;

/** Runs an operation as Handoff does, with any settings, body and variables. */
public final class AnyCall {

    private final ApplicationContext context;
    private final String connection;

    public AnyCall(ApplicationContext context, String connection) {
        this.context = context;
        this.connection = connection;
    }

    /**
     * What the route gives back.
     *
     * @throws CallFailed what its failure means
     */
    public Object run(Map<String, Object> settings, String operation, Object body, Map<String, Object> variables)
            throws CallFailed {
        Connection own = context.getBean(SupportConfiguration.CheckedConnections.class).all().stream()
                .filter(one -> one.name().equals(connection)).findFirst().orElseThrow();
        RouteCall.Result result = new RouteCall(context.getBean(CamelContext.class),
                context.getBean(ProducerTemplate.class), context.getBean(RouteGate.class),
                new Connection(own.name(), own.system(), settings, own.capabilities(), own.timeout(), own.concurrency(),
                        own.messagesPerMinute(), own.custom())).attempt(operation, body, variables);
        if (result.failed() != null) {
            throw result.failed();
        }
        return result.body();
    }
}
