package dev.handoff;

class PeopleAnswerOnH2Test extends PeopleAnswerTests {

    PeopleAnswerOnH2Test() {
        super(Database.H2);
    }
}
