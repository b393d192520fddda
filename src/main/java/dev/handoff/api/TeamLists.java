package dev.handoff.api;

import java.util.List;

import dev.handoff.session.Team;
import dev.handoff.support.CallFailed;

/** The teams that a bot can hand over to. */
public interface TeamLists {

    /** Asks the bot's support system. */
    List<Team> teams(String bot) throws CallFailed;
}
