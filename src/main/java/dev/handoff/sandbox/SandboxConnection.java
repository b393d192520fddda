package dev.handoff.sandbox;

import java.time.Duration;
import java.util.Map;

import dev.handoff.HandoffProperties;
import dev.handoff.support.ConnectionSource;

/** The connection named {@code sandbox}: the real route set of Chatwoot, led to the stand-in. */
class SandboxConnection implements ConnectionSource {

    private static final String NAME = "sandbox";
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int CONCURRENCY = 64;
    private static final Duration SWEEP = Duration.ofSeconds(30);

    private final SandboxServer server;
    private final String webhookSecret = Webhooks.newSecret();

    SandboxConnection(SandboxServer server) {
        this.server = server;
    }

    /** Sets the inbox's webhook. @param gateway where this application answers */
    void tell(String gateway) {
        server.webhooks().inbox(gateway + "/v1/webhooks/" + NAME, webhookSecret);
    }

    @Override
    public Map<String, HandoffProperties.Connection> connections() {
        SandboxSeed seed = server.seed();
        return Map.of(NAME, new HandoffProperties.Connection("chatwoot", "external",
                Map.of("base-url", server.url(), "account-id", seed.account(), "inbox-id", seed.inbox().id(),
                        "agent-bot-id", seed.bot().id(), "token", seed.tokens().get(0).value(),
                        "webhook-secret", webhookSecret),
                TIMEOUT, CONCURRENCY, null, Map.of("settles-in", "2s"), SWEEP, HandoffProperties.Reopen.NEW,
                HandoffProperties.Templates.DROP));
    }
}
