package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** What durability may cost, counted: commits, and calls of the support system. */
class CommitBudgetTest {

    private final AtomicInteger commits = new AtomicInteger();

    @Test
    void aHandoffIsThreeCommitsHoweverLongAndAMessageIsTwo() {
        try (SandboxServer desk = Desks.start(SandboxSeed.standard().withMessagesPerMinute(null),
                new ChatwootContract())) {
            var properties = App.properties(Database.H2.create(), desk);
            properties.put("handoff.connections.desk.capabilities.messages-per-minute", 10_000);
            properties.put("handoff.lane.lease", "10m");
            try (App app = App.start(properties, new Counting())) {
                app.bot().handoff("warm-up", "{'team': 'Travel'}");
                await().until(() -> settled(commits.get()));

                int before = commits.get();
                long calls = calls(desk);
                String history = IntStream.range(0, 150).mapToObj(i -> "{'author': 'user', 'text': 'Line " + i + "'}")
                        .collect(Collectors.joining(","));
                assertThat(app.bot().handoff("one", "{'team': 'Travel', 'history': [" + history + "]}")
                        .text("/status")).isEqualTo("transferred");
                await().until(() -> settled(commits.get()));
                assertThat(commits.get() - before).as("commits of a handoff").isLessThanOrEqualTo(3);
                assertThat(calls(desk) - calls).as("calls: contact, conversation, 150 lines, team, status, read back")
                        .isLessThanOrEqualTo(155);

                before = commits.get();
                app.bot().message("one", "user", "Hello?");
                await().until(() -> settled(commits.get()));
                assertThat(commits.get() - before).as("commits of a relayed message").isEqualTo(2);
            }
        }
    }

    private int last = -1;

    /** Whether nothing was committed between two looks. */
    private boolean settled(int now) {
        boolean same = now == last;
        last = now;
        return same;
    }

    private static long calls(SandboxServer desk) {
        return desk.calls().entrySet().stream().filter(call -> !call.getKey().contains("team_members"))
                .mapToLong(Map.Entry::getValue).sum();
    }

    /** Counts what is written durably: commits, and updates outside of transactions. */
    private final class Counting implements BeanPostProcessor {

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            return bean instanceof DataSource source && !(bean instanceof DelegatingDataSource)
                    ? new DelegatingDataSource(source) {
                        @Override
                        public Connection getConnection() throws java.sql.SQLException {
                            return counting(super.getConnection());
                        }
                    }
                    : bean;
        }

        private Connection counting(Connection connection) {
            AtomicInteger updates = new AtomicInteger();
            return proxy(Connection.class, connection, (method, result) -> {
                if (method.equals("commit") && updates.getAndSet(0) > 0) {
                    commits.incrementAndGet();
                }
                return result instanceof PreparedStatement statement
                        ? proxy(PreparedStatement.class, statement, (call, value) -> {
                            if (call.equals("executeUpdate") || call.equals("executeBatch")) {
                                if (connection.getAutoCommit()) {
                                    commits.incrementAndGet();
                                } else {
                                    updates.incrementAndGet();
                                }
                            }
                            return value;
                        })
                        : result;
            });
        }
    }

    @FunctionalInterface
    private interface After {
        Object then(String method, Object result) throws Exception;
    }

    private static <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> {
                    try {
                        return after.then(method.getName(), method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }
}
