package dev.handoff.api;

import java.net.http.HttpRequest.BodyPublishers;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What support systems call, without a key and with any body. */
class WebhookCallTest extends ApiTest {

    @Test
    void handsTheBytesAndHeadersOnAsTheyCame() {
        Api.Answer answer = api.send(api.request("/v1/webhooks/desk?secret=s%26t").header("X-Signature", "abc")
                .header("Content-Type", "text/plain").POST(BodyPublishers.ofString(" {\"a\" : 1}\n")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEmpty();
        assertThat(services.webhooks).containsExactly("desk abc s&t  {\"a\" : 1}\n");
    }

    @Test
    void anEmptyBodyIsOneToo() {
        assertThat(api.send(api.request("/v1/webhooks/desk").POST(BodyPublishers.noBody())).status()).isEqualTo(200);
        assertThat(services.webhooks).containsExactly("desk null null ");
    }
}
