package dev.handoff.lane;

import dev.handoff.session.Side;

/**
 * Where lanes lead.
 *
 * @param side {@link Side#SUPPORT}: to a connection; {@link Side#BOT}: to a bot
 * @param name of the connection or bot
 */
record Destination(Side side, String name) {

    static Destination connection(String name) {
        return new Destination(Side.SUPPORT, name);
    }

    static Destination bot(String id) {
        return new Destination(Side.BOT, id);
    }

    @Override
    public String toString() {
        return (side == Side.BOT ? "bot " : "connection ") + name;
    }
}
