package dev.handoff.bot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.handoff.ConfigurationChecks;
import dev.handoff.bot.CallbackDeadline.Timed;
import dev.handoff.routes.RouteGate;
import dev.handoff.session.Entry;
import dev.handoff.session.LogEntry;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.DefaultExchange;
import org.springframework.stereotype.Component;

/**
 * The bots' callbacks, called through the route {@code routes/bot/callback/callback.camel.yaml}. The YAML says what is
 * sent; its step {@code direct:callback-signature} signs it.
 */
@Component
public class Callbacks extends RouteBuilder {

    private static final String ROUTE = "direct:callback";
    private static final String ID = "callbackId";
    private static final String SIGNATURE = "callbackSignature";
    private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {
    };

    private final Map<String, Callback> callbacks = new LinkedHashMap<>();
    private final CamelContext camel;
    private final ProducerTemplate producer;
    private final RouteGate gate;
    private final CallbackDeadline deadline;
    private final ObjectMapper json;

    Callbacks(ConfigurationChecks configuration, CamelContext camel, ProducerTemplate producer, RouteGate gate,
            CallbackDeadline deadline, ObjectMapper json) {
        configuration.checked().bots().forEach((id, bot) -> {
            if (bot.callback() != null) {
                callbacks.put(id, Callback.of(id, bot.callback()));
            }
        });
        this.camel = camel;
        this.producer = producer;
        this.gate = gate;
        this.deadline = deadline;
        this.json = json;
    }

    /** Empty for a bot that reads its log itself. */
    public Optional<Callback> of(String bot) {
        return Optional.ofNullable(callbacks.get(bot));
    }

    /** The bots that have one. */
    public Set<String> bots() {
        return callbacks.keySet();
    }

    @Override
    public void configure() {
        from("direct:callback-signature").routeId("callback-signature")
                .routeDescription("Signs the body as Standard Webhooks says")
                .process(Callbacks::sign);
    }

    private static void sign(Exchange exchange) throws Exception {
        byte[] body = exchange.getMessage().getMandatoryBody(byte[].class);
        String id = exchange.getProperty(ID, String.class);
        long now = Instant.now().getEpochSecond();
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader("webhook-id", id);
        exchange.getMessage().setHeader("webhook-timestamp", Long.toString(now));
        exchange.getMessage().setHeader("webhook-signature",
                exchange.getProperty(SIGNATURE, CallbackSignature.class).of(id, now, body));
    }

    /**
     * Sends entries of one session.
     *
     * @param session its key
     * @param id      the same whenever the same entries are sent
     */
    public void send(Callback callback, String session, String id, List<Entry> entries) throws CallbackFailed {
        Exchange exchange = new DefaultExchange(camel);
        exchange.setProperty(ID, id);
        exchange.setProperty(SIGNATURE, callback.signature());
        exchange.setVariable("bot", callback.bot());
        exchange.setVariable("url", callback.url());
        exchange.setVariable("timeout", callback.timeout().toMillis());
        exchange.getMessage().setBody(body(callback.bot(), session, entries));
        Timed<Exchange> call = deadline.within(callback.timeout(),
                () -> gate.call(() -> producer.send(ROUTE, exchange)));
        if (exchange.getException() != null) {
            throw CallbackOutcomes.of(callback, exchange.getException(), call.late());
        }
    }

    private Map<String, Object> body(String bot, String session, List<Entry> entries) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("bot", bot);
        body.put("session", session);
        body.put("entries", entries.stream().map(entry -> json.convertValue(LogEntry.of(entry), MAP)).toList());
        return body;
    }
}
