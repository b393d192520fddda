package dev.handoff.api;

import java.util.Map;

import dev.handoff.support.SupportSystem.Webhook;
import jakarta.servlet.http.HttpServletRequest;

import org.apache.camel.Exchange;

/** What support systems call. */
class WebhookCalls {

    private static final byte[] NOTHING = new byte[0];

    private final WebhookIntake intake;

    WebhookCalls(WebhookIntake intake) {
        this.intake = intake;
    }

    /** Some systems ask whether the address is there before they take it. */
    Object probe(Call call) {
        intake.expect(call.path("connection"));
        return Map.of();
    }

    /** The body is taken as it came, since a signature is over its bytes. */
    Map<String, Object> take(Exchange exchange) {
        Call call = Call.of(exchange);
        HttpServletRequest request = call.request();
        byte[] body = exchange.getMessage().getBody(byte[].class);
        intake.take(call.path("connection"), new Webhook(request::getHeader, request.getParameter("secret"),
                body == null ? NOTHING : body));
        return Map.of();
    }
}
