package dev.handoff.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackSignatureTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The example of the specification. */
    @Test
    void signsAsTheSpecificationDoes() {
        assertThat(CallbackSignature.of(List.of(SECRET)).of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330,
                "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void twoSecretsGiveTwoSignatures() {
        String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        assertThat(CallbackSignature.of(List.of(SECRET, other)).of("id", 1, new byte[0]).split(" "))
                .hasSize(2).allMatch(signature -> signature.startsWith("v1,")).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64 at all!",
            "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aSecretOfAnotherFormIsRefusedWithoutSayingIt(String secret) {
        assertThat(CallbackSignature.fault(secret)).hasValueSatisfying(fault -> assertThat(fault)
                .contains("openssl").doesNotContain(secret.length() < 8 ? "\0" : secret.substring(6)));
    }

    @Test
    void aGoodSecretHasNoFault() {
        assertThat(CallbackSignature.fault(SECRET)).isEmpty();
        assertThat(CallbackSignature.fault(null)).isPresent();
    }
}
