package dev.handoff;

/** What the configuration file declares is changed there, not by the API. */
public class OwnedByFile extends RuntimeException {

    private final String key;

    /** @param key full path of the key that declares it, as in {@code handoff.bots.shop.routing} */
    public OwnedByFile(String key) {
        super(key + " is declared in application.yaml (or the environment): change it there, or remove it there to set"
                + " it by this call");
        this.key = key;
    }

    public String key() {
        return key;
    }
}
