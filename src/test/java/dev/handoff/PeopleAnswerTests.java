package dev.handoff;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** People answer, and the bot gets the session back, on one database: all nested suites share one application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeopleAnswerTests {

    final People shared;

    PeopleAnswerTests(Database database) {
        shared = new People(database);
    }

    @BeforeAll
    void start() {
        shared.start();
    }

    @AfterAll
    void stop() {
        shared.stop();
    }
}
