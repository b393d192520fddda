package dev.handoff.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;

import javax.sql.DataSource;

import dev.handoff.App;
import dev.handoff.Database;
import dev.handoff.Desks;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;
import dev.handoff.session.SessionRepository;
import dev.handoff.session.SessionRow;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The database's time stands still in a transaction: one that has waited for a lock claims with an old time. */
class ClockInLongTransactionTest {

    private static final Destination DESK = Destination.connection("desk");

    @ParameterizedTest
    @EnumSource
    void isNotBehind(Database database) {
        try (SandboxServer desk = Desks.start(SandboxSeed.standard(), new ChatwootContract());
                App app = App.start(App.properties(database.create(), desk))) {
            app.bot().handoff("s", "{'team': 'Travel', 'wait': 10}");
            SessionRow session = app.bean(SessionRepository.class).find("shop", "s").orElseThrow();
            LaneRepository lanes = app.bean(LaneRepository.class);
            DataSource others = app.bean(DataSource.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> lanes.find(session.id(), DESK).orElseThrow().idle());

            app.bean(TransactionTemplate.class).executeWithoutResult(status -> {
                app.bean(JdbcClient.class).sql("select current_timestamp").query(OffsetDateTime.class).single();
                Instant begun = now(others);
                await().until(() -> now(others).isAfter(begun.plus(Duration.ofMillis(300))));
                DatabaseClock clock = lanes.lock(session.id(), DESK).orElseThrow().lane().clock();
                Instant now = now(others);
                assertThat(clock.now()).isAfterOrEqualTo(now);
            });
        }
    }

    /** As it is outside of the transaction. */
    private static Instant now(DataSource others) {
        try (Connection connection = others.getConnection(); Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select current_timestamp")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
