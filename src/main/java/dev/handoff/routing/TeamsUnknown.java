package dev.handoff.routing;

/** The teams cannot be read over there now, so that names cannot be checked; trying later may help. */
public class TeamsUnknown extends RuntimeException {

    TeamsUnknown(String message) {
        super(message);
    }

    TeamsUnknown(String connection, String reason, Throwable cause) {
        super("The teams of the connection " + connection + " cannot be read now (" + reason + "): try again later", cause);
    }
}
