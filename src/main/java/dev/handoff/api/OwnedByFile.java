package dev.handoff.api;

/** What {@code application.yaml} declares is changed there, not through the API. */
public class OwnedByFile extends RuntimeException {

    /** @param key the full key, such as {@code handoff.bots.shop.routing} */
    public OwnedByFile(String key) {
        super("The configuration declares " + key + ". Change it there and start again, or take the key out to change "
                + "it through the API.");
    }
}
