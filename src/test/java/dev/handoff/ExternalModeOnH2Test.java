package dev.handoff;

class ExternalModeOnH2Test extends ExternalModeTests {

    ExternalModeOnH2Test() {
        super(Database.H2);
    }
}
