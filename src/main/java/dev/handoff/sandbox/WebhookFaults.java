package dev.handoff.sandbox;

import java.time.Duration;

/**
 * What goes wrong with the webhooks that a sandbox sends; each chance is from 0 to 1.
 *
 * @param drop     never sent
 * @param repeat   sent twice, with the same delivery id
 * @param again    sent twice, with two delivery ids
 * @param late     sent {@code lateness} later, so that others overtake it
 * @param lateness how late; null: not at all
 * @param swap     sent after the next one of its conversation
 */
public record WebhookFaults(double drop, double repeat, double again, double late, Duration lateness, double swap) {

    public static final WebhookFaults NONE = new WebhookFaults(0, 0, 0, 0, null, 0);

    public WebhookFaults {
        requireChance("drop", drop);
        requireChance("repeat", repeat);
        requireChance("again", again);
        requireChance("late", late);
        requireChance("swap", swap);
        if (late > 0 && lateness == null) {
            throw new IllegalArgumentException("late needs a lateness");
        }
    }

    private static void requireChance(String name, double chance) {
        if (!(chance >= 0 && chance <= 1)) {
            throw new IllegalArgumentException(name + " must be from 0 to 1, not " + chance);
        }
    }

    public WebhookFaults dropped(double chance) {
        return new WebhookFaults(chance, repeat, again, late, lateness, swap);
    }

    public WebhookFaults repeated(double chance) {
        return new WebhookFaults(drop, chance, again, late, lateness, swap);
    }

    public WebhookFaults sentAgain(double chance) {
        return new WebhookFaults(drop, repeat, chance, late, lateness, swap);
    }

    public WebhookFaults delayed(double chance, Duration by) {
        return new WebhookFaults(drop, repeat, again, chance, by, swap);
    }

    public WebhookFaults swapped(double chance) {
        return new WebhookFaults(drop, repeat, again, late, lateness, chance);
    }
}
