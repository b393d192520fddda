package dev.handoff.inbound;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import dev.handoff.support.SupportSystem;
import dev.handoff.support.SupportSystem.Webhook;
import dev.handoff.support.SupportSystems;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Takes webhooks: verified, stored as they came, and worked on after the answer. */
@Service
public class Webhooks {

    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    /** More is no id. */
    private static final int LONGEST_KEY = 300;

    private final SupportSystems systems;
    private final DeliveryRepository deliveries;
    private final DeliveryWork work;

    Webhooks(SupportSystems systems, DeliveryRepository deliveries, DeliveryWork work) {
        this.systems = systems;
        this.deliveries = deliveries;
        this.work = work;
    }

    /**
     * Takes one; when this returns, it is stored. One that is repeated changes nothing.
     *
     * @throws IllegalArgumentException if there is no such connection
     * @throws WebhookRefused           if it cannot be believed
     */
    public void take(String connection, Webhook webhook) {
        SupportSystem system = systems.get(connection);
        String refusal = system.refusal(webhook);
        if (refusal != null) {
            LOG.warn("A webhook for connection {} was refused: {}", connection, refusal);
            throw new WebhookRefused(refusal);
        }
        // Without an id of its own each is a new one: to be told of the same thing twice does no harm.
        String id = system.deliveryId(webhook);
        String key = id == null || id.isBlank() || id.length() > LONGEST_KEY ? UUID.randomUUID().toString() : id;
        // PostgreSQL's text cannot hold U+0000, and JSON has none.
        String raw = new String(webhook.body(), StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        if (deliveries.insert(connection, key, raw)) {
            work.begin();
        } else {
            LOG.info("A webhook for connection {} came again, and changes nothing", connection);
        }
    }
}
