package dev.handoff.api;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.transaction.CannotCreateTransactionException;

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
    void whoAsksWhetherTheAddressIsThereIsTold() {
        Api.Answer there = api.send(api.request("/v1/webhooks/desk").method("HEAD", BodyPublishers.noBody()));

        assertThat(there.status()).isEqualTo(200);
        assertThat(api.send(api.request("/v1/webhooks/nobody").method("HEAD", BodyPublishers.noBody())).status())
                .isEqualTo(404);
        assertThat(services.webhooks).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("faultsOfOurOwn")
    void aFaultOfOurOwnIsSaidSoThatItIsSentAgain(RuntimeException fault, int status) {
        services.failure = fault;

        assertThat(api.send(api.request("/v1/webhooks/desk").POST(BodyPublishers.ofString("{}"))).status())
                .isEqualTo(status);
    }

    static Stream<Arguments> faultsOfOurOwn() {
        return Stream.of(Arguments.of(new DataAccessResourceFailureException("gone"), 503),
                Arguments.of(new CannotCreateTransactionException("none"), 503),
                Arguments.of(new QueryTimeoutException("slow"), 503),
                Arguments.of(new IllegalStateException("a fault"), 500));
    }

    @Test
    void anEmptyBodyIsOneToo() {
        assertThat(api.send(api.request("/v1/webhooks/desk").POST(BodyPublishers.noBody())).status()).isEqualTo(200);
        assertThat(services.webhooks).containsExactly("desk null null ");
    }
}
