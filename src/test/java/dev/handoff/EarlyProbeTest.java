package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.Test;
import org.springframework.boot.web.servlet.context.ServletWebServerInitializedEvent;

/** Somebody looks at the health as soon as the port opens, as orchestrators do. */
class EarlyProbeTest {

    @Test
    void theFirstHandoffKnowsTheTeamsAllTheSame() {
        try (SandboxServer desk = Desks.start(SandboxSeed.standard(), new ChatwootContract())) {
            AtomicInteger seen = new AtomicInteger();
            try (App app = App.start(App.properties(Database.H2.create(), desk), (ServletWebServerInitializedEvent opened) ->
                    seen.set(health(opened.getWebServer().getPort())))) {
                Api.Answer answer = app.bot().handoff("s", "{'unfinishedIntents': ['hotels_1.SearchHotel'], 'wait': 30}");

                assertThat(seen).as("the status of a health that comes too early").hasValue(503);
                assertThat(answer.text("/because")).isEqualTo(
                        "row 3 (Travel) has hotels_1.*, and hotels_1.SearchHotel is unfinished");
                assertThat(answer.text("/team/id")).isNotNull();
            }
        }
    }

    private static int health(int port) {
        return new Api("http://localhost:" + port, null).get("/actuator/health").status();
    }
}
