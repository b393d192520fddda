package dev.handoff.support;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What a {@code system.yaml} says.
 *
 * @param name         the folder
 * @param settings     the JSON Schema of the settings
 * @param availability whether the system tells whether a team takes conversations
 * @param webhook      null: it sends none, or does not sign them
 * @param outcomes     where answers mean something else than the default table says; the first that fits wins
 */
record SystemDescription(String name, String title, ObjectNode settings, SupportSystem.Capabilities capabilities,
        boolean availability, WebhookSignature webhook, List<OutcomeRule> outcomes) {
}
