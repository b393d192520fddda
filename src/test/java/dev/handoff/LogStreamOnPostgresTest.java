package dev.handoff;

class LogStreamOnPostgresTest extends LogStreamTests {

    LogStreamOnPostgresTest() {
        super(Database.POSTGRES);
    }
}
