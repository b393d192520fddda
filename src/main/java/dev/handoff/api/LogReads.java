package dev.handoff.api;

import java.util.List;

import dev.handoff.support.SupportSystem.Check;

/** Whether bots learn what people answer. */
interface LogReads {

    /** The bot reads one of its logs. */
    void read(String bot);

    /** A line for each bot on this connection that learns nothing. */
    List<Check> unread(String connection);
}
