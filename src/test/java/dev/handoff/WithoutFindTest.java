package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A support system in which nothing can be found again. */
class WithoutFindTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private static Path folder;

    @Test
    void whatWasGivenUpIsTakenUpWhereItWas() throws IOException {
        Set<String> failing = ConcurrentHashMap.newKeySet();
        failing.addAll(Set.of("transfer", "close"));
        try (Slate slate = new Slate()) {
            slate.before(operation -> {
                if (failing.contains(operation)) {
                    throw new IllegalStateException("not now");
                }
            });
            try (App app = App.start(properties(slate))) {
                Api bot = app.bot();
                bot.handoff("s", "{'team': 'Travel', 'wait': 0, 'history': ["
                        + "{'author': 'user', 'text': 'Hi'}, {'author': 'bot', 'text': 'Hello'}]}");
                await().atMost(LONG).until(() -> "bot".equals(bot.session("s").text("/control")));
                slate.agentSays("c1", "I am here");
                Hook.to(app.url() + "/v1/webhooks/desk").header("X-API-Key", "slate-secret")
                        .body("{\"conversations\": [{\"id\": \"c1\"}], \"events\": []}").send();
                await().atMost(LONG).until(() -> "agent".equals(bot.session("s").text("/control")));
                failing.clear();
                bot.message("s", "user", "Good");

                await().atMost(LONG).untilAsserted(() -> assertThat(slate.texts("c1")).last().isEqualTo("user: Good"));
                assertThat(slate.texts("c1")).containsOnlyOnce("user: Hi").containsOnlyOnce("bot: Hello");
            }
        }
    }

    private static Map<String, Object> properties(Slate slate) throws IOException {
        Map<String, Object> properties = slate.properties(folder);
        Path system = folder.resolve("support/slate/system.yaml");
        Files.writeString(system, Files.readString(system).replace("find: true", "find: false"));
        Files.delete(folder.resolve("support/slate/find.camel.yaml"));
        properties.put("handoff.bots.shop.failover", "1s");
        properties.put("handoff.bots.shop.deadline", "3s");
        return properties;
    }
}
