package dev.handoff.api;

/**
 * Whose key a request carries.
 *
 * @param bot null: an operator
 */
record Caller(String bot) {

    static final Caller OPERATOR = new Caller(null);

    boolean operator() {
        return bot == null;
    }
}
