package dev.handoff;

import org.junit.jupiter.api.Nested;

class PeopleAnswerOnPostgresTest extends PeopleAnswerTests {

    PeopleAnswerOnPostgresTest() {
        super(Database.POSTGRES);
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

    @Nested
    class LeftOpen extends LeftOpenTests {

        LeftOpen() {
            super(shared);
        }
    }
}
