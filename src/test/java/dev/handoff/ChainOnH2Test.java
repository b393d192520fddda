package dev.handoff;

class ChainOnH2Test extends ChainTests {

    ChainOnH2Test() {
        super(Database.H2);
    }
}
