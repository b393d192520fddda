package dev.handoff.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;

import dev.handoff.Api;
import org.junit.jupiter.api.Test;

/** The real support system at the pace that it has in production, where each call costs a quarter of a second. */
class SlowServerTest {

    @Test
    void aHandoffComesToItsEndInOrder() {
        try (InstalledDesk desk = InstalledDesk.start(Map.of("SERVER_COST", "12"), Map.of())) {
            Api bot = desk.bot("swept");
            long begun = System.nanoTime();
            Api.Answer answer = bot.handoff("slow", """
                    {'wait': 30, 'team': 'Travel', 'history': [{'author': 'user', 'text': 'One'},
                     {'author': 'bot', 'text': 'Two'}, {'author': 'user', 'text': 'Three'}]}""");

            assertThat(answer.text("/status")).isIn("transferred", "pending");
            await().atMost(Duration.ofMinutes(2)).until(
                    () -> bot.log("slow").findValuesAsText("kind").contains("assigned"));
            Map<String, String> refs = desk.refs("swept", "slow", bot.session("slow"));
            // Nine calls at least, each with a password or token that takes its time.
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(2));
            assertThat(desk.view(refs).lines()).containsExactly("user: One", "bot: Two", "user: Three");
            assertThat(desk.view(refs).team()).isEqualTo("Travel");
        }
    }
}
