package dev.handoff.api;

import java.util.List;

import dev.handoff.HandoffProperties;
import dev.handoff.routing.Decision;
import dev.handoff.session.User;
import dev.handoff.support.CallFailed;

/** Which team takes which intents, by bot. */
public interface RoutingTables {

    /** The table in force; one without rows and default team if the bot has none. */
    HandoffProperties.Routing table(String bot);

    /**
     * @throws dev.handoff.OwnedByFile   if {@code application.yaml} declares the bot's table
     * @throws dev.handoff.FieldsRefused if the table names teams that do not exist, or makes no sense otherwise
     * @throws CallFailed                if the support system cannot be asked for its teams
     */
    void replace(String bot, HandoffProperties.Routing table) throws CallFailed;

    /** What a handoff would do, and why. Does nothing. */
    Decision explain(String bot, List<String> unfinishedIntents, String team, User user) throws CallFailed;
}
