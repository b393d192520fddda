package dev.handoff.api;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;

/** What {@code application.yaml} declares is changed there, not through the API. */
public class OwnedByFile extends ProblemException {

    /** @param key the full key, such as {@code handoff.bots.shop.routing} */
    public OwnedByFile(String key) {
        super(ProblemType.OWNED_BY_FILE, "The configuration declares " + key + ". Change it there and start again, or take the key out to change "
                + "it through the API.");
    }
}
