package dev.handoff.api;

import java.util.List;

import dev.handoff.bot.Bots;

import org.springframework.stereotype.Component;

/** The bots' chains of connections. */
@Component
class BotChains implements SupportChains {

    private final Bots bots;

    BotChains(Bots bots) {
        this.bots = bots;
    }

    @Override
    public List<String> replace(String bot, List<String> connections) {
        return bots.setSupport(bot, connections).support();
    }
}
