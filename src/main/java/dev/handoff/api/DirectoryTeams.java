package dev.handoff.api;

import java.util.List;
import java.util.concurrent.CompletionException;

import dev.handoff.bot.Bots;
import dev.handoff.session.Team;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SupportDirectory;

import org.springframework.stereotype.Component;

/** The teams of a bot's first connection. */
@Component
class DirectoryTeams implements TeamLists {

    private final Bots bots;
    private final SupportDirectory directory;

    DirectoryTeams(Bots bots, SupportDirectory directory) {
        this.bots = bots;
        this.directory = directory;
    }

    @Override
    public List<Team> teams(String bot) throws CallFailed {
        String connection = bots.get(bot).connection().orElse(null);
        if (connection == null) {
            return List.of();
        }
        try {
            return directory.teams(connection).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof CallFailed failed) {
                throw failed;
            }
            throw e;
        }
    }
}
