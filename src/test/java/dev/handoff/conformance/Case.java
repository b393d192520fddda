package dev.handoff.conformance;

import java.util.function.Predicate;

/**
 * One case of the suite.
 *
 * @param group    the line of the report card
 * @param declared whether the system declares what the case needs
 * @param must     whether no reason excuses it
 * @param recorded whether it needs a recording where recordings are played
 */
record Case(String name, String group, Predicate<SystemFile> declared, boolean must, boolean recorded, Body body) {

    /** What is done, and looked at. */
    interface Body {

        void run(Scene scene) throws Exception;
    }

    static Case must(String name, String group, Body body) {
        return new Case(name, group, system -> true, true, true, body);
    }

    static Case may(String name, String group, Body body) {
        return new Case(name, group, system -> true, false, true, body);
    }

    Case where(Predicate<SystemFile> needs) {
        return new Case(name, group, needs, must, recorded, body);
    }

    Case unrecorded() {
        return new Case(name, group, declared, must, false, body);
    }
}
