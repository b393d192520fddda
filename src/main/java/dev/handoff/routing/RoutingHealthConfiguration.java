package dev.handoff.routing;

import java.util.LinkedHashMap;
import java.util.Map;

import dev.handoff.routing.RoutingHealth.State;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.SimpleStatusAggregator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.actuate.health.StatusAggregator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows {@link RoutingHealth} as the component {@code routing} of {@code /actuator/health}. */
@Configuration(proxyBeanMethods = false)
class RoutingHealthConfiguration {

    @Bean("routingHealthIndicator")
    HealthIndicator indicator(RoutingHealth routing) {
        return () -> health(routing.states());
    }

    /** Degraded is worse than up and better than out of service; it is no reason to take a node away, so HTTP says 200. */
    @Bean
    StatusAggregator statusesFromWorstToBest() {
        return new SimpleStatusAggregator(Status.DOWN, Status.OUT_OF_SERVICE, RoutingHealth.DEGRADED, Status.UP,
                Status.UNKNOWN);
    }

    private static Health health(Map<String, State> states) {
        Health.Builder health = Health.up();
        if (states.values().stream().anyMatch(state -> state.status().equals(RoutingHealth.DEGRADED))) {
            health = Health.status(RoutingHealth.DEGRADED);
        } else if (states.values().stream().anyMatch(state -> state.status().equals(Status.UNKNOWN))) {
            health = Health.unknown();
        }
        Map<String, Object> bots = new LinkedHashMap<>();
        states.forEach((bot, state) -> bots.put(bot, detail(state)));
        return health.withDetail("bots", bots).build();
    }

    private static Map<String, Object> detail(State state) {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("status", state.status().getCode());
        if (!state.unknownTeams().isEmpty()) {
            detail.put("unknownTeams", state.unknownTeams());
            detail.put("connection", state.connection());
        } else if (state.status().equals(Status.UNKNOWN)) {
            detail.put("reason", state.connection() == null ? "the bot has no connection to a support system"
                    : "the teams of " + state.connection() + " have not been read");
        }
        return detail;
    }
}
