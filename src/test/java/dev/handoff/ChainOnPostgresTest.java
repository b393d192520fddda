package dev.handoff;

class ChainOnPostgresTest extends ChainTests {

    ChainOnPostgresTest() {
        super(Database.POSTGRES);
    }
}
