package dev.handoff.api;

import java.util.List;

/** The connections of a bot, the preferred one first. */
public interface SupportChains {

    /**
     * @param connections names of existing connections, at least one
     * @return the chain now in force
     * @throws dev.handoff.OwnedByFile if {@code application.yaml} declares the bot's chain
     */
    List<String> replace(String bot, List<String> connections);
}
