package dev.handoff;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** People answer, and the bot gets the session back, on one database: all suites share one application. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PeopleAnswerTests {

    private final People shared;

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

    @Nested
    class Webhooks extends PeopleWebhookTests {

        Webhooks() {
            super(shared);
        }
    }

    @Nested
    class Say extends PeopleSayTests {

        Say() {
            super(shared);
        }
    }

    @Nested
    class Control extends PeopleControlTests {

        Control() {
            super(shared);
        }
    }

    @Nested
    class Again extends PeopleAgainTests {

        Again() {
            super(shared);
        }
    }
}
