package dev.handoff.bot;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.stereotype.Component;

/** The component {@code bot} of {@code /actuator/health}: degraded while a bot takes no notice of people's answers. */
@Component("botHealthIndicator")
class BotHealth implements HealthIndicator {

    private static final Status DEGRADED = new Status("DEGRADED", "a bot does not read what people answer");

    private final LogReading reading;

    BotHealth(LogReading reading) {
        this.reading = reading;
    }

    @Override
    public Health health() {
        Map<String, Instant> unread = reading.unread();
        if (unread.isEmpty()) {
            return Health.up().build();
        }
        Map<String, String> bots = new LinkedHashMap<>();
        unread.forEach((bot, since) -> bots.put(bot, LogReading.advice(bot, since)));
        return Health.status(DEGRADED).withDetail("bots", bots).build();
    }
}
