package dev.handoff;

class PeopleAnswerOnPostgresTest extends PeopleAnswerTests {

    PeopleAnswerOnPostgresTest() {
        super(Database.POSTGRES);
    }
}
