package dev.handoff.lane;

/**
 * What a bot lane offers. It is stored before it is sent, so that a retry, also after a crash, sends the same.
 *
 * @param upTo    the last entry of it
 * @param refused how often the bot has refused it; of a support lane: how often the next entry was refused
 */
record Offer(long upTo, int refused) {

    /** The offer of a lane that is claimed: the one that stands, else everything up to the head. */
    Offer standing(long cursor, long head) {
        return upTo > cursor ? this : new Offer(head, 0);
    }

    Offer refusedAgain() {
        return new Offer(upTo, refused + 1);
    }
}
