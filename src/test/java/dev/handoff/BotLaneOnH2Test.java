package dev.handoff;

class BotLaneOnH2Test extends BotLaneTests {

    BotLaneOnH2Test() {
        super(Database.H2);
    }
}
