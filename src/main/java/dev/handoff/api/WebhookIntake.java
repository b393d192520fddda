package dev.handoff.api;

import dev.handoff.api.http.ProblemException;
import dev.handoff.support.SupportSystem.Webhook;

/** Takes what support systems tell. */
public interface WebhookIntake {

    /** @throws ProblemException if there is no such connection */
    void expect(String connection);

    /**
     * Takes a webhook; when this returns, it is stored, and the work on it is still to come.
     *
     * @throws ProblemException if there is no such connection, or the webhook cannot be believed
     */
    void take(String connection, Webhook webhook);
}
