package dev.handoff.bot;

/** No bot of this id is declared. */
public class UnknownBot extends RuntimeException {

    public UnknownBot(String id) {
        super("There is no bot \"" + id + "\": bots are declared under handoff.bots in application.yaml");
    }
}
