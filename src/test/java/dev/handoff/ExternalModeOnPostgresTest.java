package dev.handoff;

class ExternalModeOnPostgresTest extends ExternalModeTests {

    ExternalModeOnPostgresTest() {
        super(Database.POSTGRES);
    }
}
