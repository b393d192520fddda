package dev.handoff.lane;

/** Another node has claimed the lane since: whatever this run still wants to write is void. */
class TokenLost extends RuntimeException {

    TokenLost(long lane) {
        super("Lane " + lane + " was claimed by somebody else", null, false, false);
    }
}
