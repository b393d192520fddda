package dev.handoff.support;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

import dev.handoff.support.SupportSystem.Webhook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Rules of webhooks that the routes' systems do not all use. */
class VerificationTest {

    private static final String BODY = "{\"id\": \"n-1\", \"events\": [{\"id\": 1}, {\"id\": 2}], \"none\": null}";

    private static Verification rule(String delivery) {
        return new Verification(new WebhookSignature("secret", "former", "equality", "X-API-Key", "{body}", "hex", "",
                null, null, delivery), Map.of("secret", "s-1", "former", "s-0"), Clock.systemUTC());
    }

    private static Webhook hook(String key, String body) {
        return new Webhook(Map.of("X-API-Key", key, "X-Delivery", "d-1")::get, null, body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theHeaderMayBeTheSecretItself() {
        assertThat(rule(null).refusal(hook("s-1", BODY))).isNull();
        assertThat(rule(null).refusal(hook("s-0", BODY))).isNull();
        assertThat(rule(null).refusal(hook("s-2", BODY))).contains("X-API-Key").doesNotContain("s-1");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "null", value = {"X-Delivery, d-1", "/id, n-1", "/events/1/id, 2", "/none, null",
            "/missing, null", "null, null"})
    void theIdOfADeliveryIsInAHeaderOrInTheBody(String place, String id) {
        assertThat(rule(place).deliveryId(hook("s-1", BODY))).isEqualTo(id);
    }

    @Test
    void severalEventsAreKnownByTheirDigest() {
        String id = rule("/events").deliveryId(hook("s-1", BODY));

        assertThat(id).hasSize(64).isEqualTo(rule("/events").deliveryId(hook("s-1", BODY.replace("n-1", "n-2"))));
        assertThat(rule("/events").deliveryId(hook("s-1", BODY.replace("{\"id\": 2}", "{\"id\": 3}")))).isNotEqualTo(id);
        assertThat(rule("/id").deliveryId(hook("s-1", "no JSON"))).isNull();
    }
}
