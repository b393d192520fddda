package dev.handoff.bot;

import java.util.List;

import dev.handoff.ConfigurationChecks;
import dev.handoff.routes.RouteFolders;

import org.springframework.stereotype.Component;

/** The folders of the ways to bots that are in use. */
@Component
class BotRoutes implements RouteFolders {

    private static final String FOLDER = "bot/callback";

    private final boolean callbacks;

    BotRoutes(ConfigurationChecks configuration) {
        this.callbacks = configuration.checked().bots().values().stream().anyMatch(bot -> bot.callback() != null);
    }

    @Override
    public List<String> folders() {
        return callbacks ? List.of(FOLDER) : List.of();
    }

    @Override
    public List<String> required() {
        return callbacks ? List.of(FOLDER + "/callback") : List.of();
    }
}
