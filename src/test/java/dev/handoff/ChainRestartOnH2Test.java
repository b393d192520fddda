package dev.handoff;

class ChainRestartOnH2Test extends ChainRestartTests {

    ChainRestartOnH2Test() {
        super(Database.H2);
    }
}
