package dev.handoff;

class ChainRestartOnPostgresTest extends ChainRestartTests {

    ChainRestartOnPostgresTest() {
        super(Database.POSTGRES);
    }
}
