package dev.handoff.api;

import java.util.List;

import dev.handoff.bot.Bots;
import dev.handoff.bot.LogReading;
import dev.handoff.support.SupportSystem.Check;

import org.springframework.stereotype.Component;

/** The readers of all bots' logs. */
@Component
class BotLogReads implements LogReads {

    private final LogReading reading;
    private final Bots bots;

    BotLogReads(LogReading reading, Bots bots) {
        this.reading = reading;
        this.bots = bots;
    }

    @Override
    public void read(String bot) {
        reading.read(bot);
    }

    @Override
    public List<Check> unread(String connection) {
        return reading.unread().entrySet().stream()
                .filter(unread -> bots.get(unread.getKey()).support().contains(connection))
                .map(unread -> new Check("handoff.bots." + unread.getKey() + ".callback", false,
                        "The bot " + unread.getKey() + " " + LogReading.advice(unread.getKey(), unread.getValue())))
                .toList();
    }
}
