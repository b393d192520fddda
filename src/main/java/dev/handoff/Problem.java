package dev.handoff;

/**
 * One thing wrong with the configuration.
 *
 * @param key     full path of the key, as in {@code handoff.bots.shop.keys[0]}
 * @param message what is wrong with it and how to mend it; never a secret's value
 */
public record Problem(String key, String message) {

    @Override
    public String toString() {
        return key + ": " + message;
    }
}
