package dev.handoff.lane;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystems;

import org.springframework.stereotype.Component;

/** This node's gate to each connection. */
@Component
class Gates {

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();
    private final SupportSystems supports;

    Gates(SupportSystems supports) {
        this.supports = supports;
    }

    Gate to(String destination) {
        return gates.computeIfAbsent(destination, name -> {
            SupportSystem support = supports.get(name);
            return new Gate(name, support.concurrency(), support.messagesPerMinute());
        });
    }
}
