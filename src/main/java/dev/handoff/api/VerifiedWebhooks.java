package dev.handoff.api;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;
import dev.handoff.inbound.WebhookRefused;
import dev.handoff.inbound.Webhooks;
import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystem.Webhook;
import dev.handoff.support.SupportSystems;

import org.springframework.stereotype.Component;

/** The webhooks of the connections that there are. */
@Component
class VerifiedWebhooks implements WebhookIntake {

    private final Webhooks webhooks;
    private final SupportSystems systems;

    VerifiedWebhooks(Webhooks webhooks, SupportSystems systems) {
        this.webhooks = webhooks;
        this.systems = systems;
    }

    @Override
    public void expect(String connection) {
        if (systems.all().stream().map(SupportSystem::name).noneMatch(connection::equals)) {
            throw new ProblemException(ProblemType.UNKNOWN_CONNECTION,
                    "The address of a webhook ends in the name of a connection, as it stands in the configuration.");
        }
    }

    @Override
    public void take(String connection, Webhook webhook) {
        expect(connection);
        try {
            webhooks.take(connection, webhook);
        } catch (WebhookRefused refused) {
            throw new ProblemException(ProblemType.WEBHOOK_REFUSED, "The log of Handoff says why.");
        }
    }
}
