package dev.handoff;

class BotLaneOnPostgresTest extends BotLaneTests {

    BotLaneOnPostgresTest() {
        super(Database.POSTGRES);
    }
}
