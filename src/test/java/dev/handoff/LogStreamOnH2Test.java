package dev.handoff;

class LogStreamOnH2Test extends LogStreamTests {

    LogStreamOnH2Test() {
        super(Database.H2);
    }
}
