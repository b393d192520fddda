package dev.handoff.lane;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import dev.handoff.HandoffProperties;
import dev.handoff.bot.Callback;
import dev.handoff.bot.Callbacks;
import dev.handoff.session.Side;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;

import io.github.resilience4j.core.IntervalFunction;
import org.springframework.stereotype.Component;

/** This node's gate to each connection and to each bot. */
@Component
class Gates {

    /** So long may all that waits go on waiting after somebody answers again. */
    private static final Duration LONGEST_REST = Duration.ofSeconds(5);

    private final Map<Destination, Gate> gates = new ConcurrentHashMap<>();
    private final SupportSystems supports;
    private final Callbacks callbacks;
    private final IntervalFunction rest;

    Gates(SupportSystems supports, Callbacks callbacks, HandoffProperties properties) {
        this.supports = supports;
        this.callbacks = callbacks;
        this.rest = IntervalFunction.ofExponentialRandomBackoff(properties.lane().firstRetry().toMillis(), 2, 0.5,
                Math.min(properties.lane().longestRetry().toMillis(), LONGEST_REST.toMillis()));
    }

    /** All that something leads to. */
    List<Destination> destinations() {
        return Stream.concat(supports.all().stream().map(support -> Destination.connection(support.name())),
                callbacks.bots().stream().map(Destination::bot)).toList();
    }

    Gate to(Destination destination) {
        return find(destination).orElseThrow(
                () -> new IllegalArgumentException("Nothing leads to the " + destination + " any more"));
    }

    /** Empty if the configuration has no such connection, or no callback of that bot. */
    Optional<Gate> find(Destination destination) {
        Gate known = gates.get(destination);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Gate> made = destination.side() == Side.BOT
                ? callbacks.of(destination.name()).map(callback -> gate(destination, callback))
                : supports.all().stream().filter(support -> support.name().equals(destination.name())).findFirst()
                        .map(support -> gate(destination, support));
        return made.map(gate -> {
            Gate first = gates.putIfAbsent(destination, gate);
            return first == null ? gate : first;
        });
    }

    private Gate gate(Destination destination, SupportSystem support) {
        return new Gate(destination.toString(), support.concurrency(), support.messagesPerMinute(), rest);
    }

    private Gate gate(Destination destination, Callback callback) {
        return new Gate(destination.toString(), callback.concurrency(), null, rest);
    }
}
