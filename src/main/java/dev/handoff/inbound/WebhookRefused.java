package dev.handoff.inbound;

/** A webhook cannot be believed to be the support system's; nothing was done. */
public class WebhookRefused extends RuntimeException {

    /** @param reason for a person; holds nothing of the webhook */
    WebhookRefused(String reason) {
        super(reason, null, false, false);
    }
}
