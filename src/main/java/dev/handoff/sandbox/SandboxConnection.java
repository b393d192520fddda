package dev.handoff.sandbox;

import java.time.Duration;
import java.util.Map;

import dev.handoff.HandoffProperties;
import dev.handoff.support.ConnectionSource;

/** The connection named {@code sandbox}: the real route set of Chatwoot, led to the stand-in. */
class SandboxConnection implements ConnectionSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int CONCURRENCY = 64;

    private final SandboxServer server;

    SandboxConnection(SandboxServer server) {
        this.server = server;
    }

    @Override
    public Map<String, HandoffProperties.Connection> connections() {
        SandboxSeed seed = server.seed();
        return Map.of("sandbox", new HandoffProperties.Connection("chatwoot", "external",
                Map.of("base-url", server.url(), "account-id", seed.account(), "inbox-id", seed.inbox().id(),
                        "agent-bot-id", seed.bot().id(), "token", seed.tokens().get(0).value()),
                TIMEOUT, CONCURRENCY, null, Map.of("settles-in", "2s")));
    }
}
