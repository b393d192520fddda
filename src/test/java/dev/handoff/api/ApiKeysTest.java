package dev.handoff.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.handoff.ConfigurationRefused;
import dev.handoff.HandoffProperties;

class ApiKeysTest {

    private static final String GOOD = "0123456789abcdef";

    @Test
    void twoBotsWithTheSameKeyAreRefused() {
        refused(Map.of("handoff.bots.a.keys", GOOD, "handoff.bots.b.keys", "fedcba9876543210," + GOOD),
                "handoff.bots.", "is the same key as handoff.bots.");
        refused(Map.of("handoff.bots.a.keys", GOOD, "handoff.admin.keys", GOOD), "handoff.admin.keys[0]",
                "is the same key as handoff.bots.a.keys[0]");
    }

    @Test
    void emptyShortAndUnusableKeysAreRefused() {
        refused(Map.of("handoff.bots.a.keys[0]", " "), "handoff.bots.a.keys[0]", "is empty");
        refused(Map.of("handoff.bots.a.keys[0]", GOOD, "handoff.bots.a.keys[1]", "short-secret"),
                "handoff.bots.a.keys[1]", "too short");
        refused(Map.of("handoff.bots.a.keys[0]", "two words of a secret"), "handoff.bots.a.keys[0]", "characters");
        refused(Map.of("handoff.bots.a.support", "desk"), "handoff.bots.a.keys", "nobody could call");
        refused(Map.of("handoff.sandbox", "true", "handoff.admin.keys", "short"), "handoff.admin.keys[0]", "too short");
    }

    @Test
    void theSandboxsDemoMayHaveAShortKey() {
        assertThatCode(() -> keys(Map.of("handoff.sandbox", "true", "handoff.bots.demo.keys", "demo")))
                .doesNotThrowAnyException();
        refused(Map.of("handoff.bots.demo.keys", "demo"), "handoff.bots.demo.keys[0]", "too short");
        refused(Map.of("handoff.sandbox", "true", "handoff.bots.shop.keys", "demo"), "handoff.bots.shop.keys[0]",
                "too short");
    }

    @Test
    void everyProblemIsToldAtOnce() {
        ConfigurationRefused refused = catchThrowableOfType(ConfigurationRefused.class,
                () -> keys(Map.of("handoff.bots.a.keys", "x", "handoff.bots.b.keys", "y")));

        assertThat(refused.problems()).hasSize(2);
    }

    private static void refused(Map<String, String> configuration, String key, String message) {
        ConfigurationRefused refused = catchThrowableOfType(ConfigurationRefused.class, () -> keys(configuration));

        assertThat(refused.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.key()).startsWith(key);
            assertThat(problem.message()).contains(message).doesNotContain(GOOD).doesNotContain("secret");
        });
    }

    private static void keys(Map<String, String> configuration) {
        new ApiKeys(new Binder(new MapConfigurationPropertySource(new TreeMap<>(configuration)))
                .bindOrCreate("handoff", HandoffProperties.class));
    }
}
