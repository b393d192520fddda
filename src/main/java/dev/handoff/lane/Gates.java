package dev.handoff.lane;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import dev.handoff.bot.Callback;
import dev.handoff.bot.Callbacks;
import dev.handoff.session.Side;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;

import org.springframework.stereotype.Component;

/** This node's gate to each connection and to each bot. */
@Component
class Gates {

    private final Map<Destination, Gate> gates = new ConcurrentHashMap<>();
    private final SupportSystems supports;
    private final Callbacks callbacks;

    Gates(SupportSystems supports, Callbacks callbacks) {
        this.supports = supports;
        this.callbacks = callbacks;
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

    private static Gate gate(Destination destination, SupportSystem support) {
        return new Gate(destination.name(), support.concurrency(), support.messagesPerMinute());
    }

    private static Gate gate(Destination destination, Callback callback) {
        return new Gate(destination.name(), callback.concurrency(), null);
    }
}
