package dev.handoff.isolation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import javax.sql.DataSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** How long the statements take by which the application looks for what is due. */
final class PollTimes implements BeanPostProcessor {

    private final Queue<Double> millis = new ConcurrentLinkedQueue<>();

    Latencies take() {
        Latencies taken = new Latencies(millis);
        millis.clear();
        return taken;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && !(bean instanceof DelegatingDataSource)
                ? new DelegatingDataSource(source) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        return watched(super.getConnection());
                    }
                }
                : bean;
    }

    private Connection watched(Connection connection) {
        return proxy(Connection.class, connection, (method, arguments, result) ->
                result instanceof PreparedStatement statement && arguments[0].toString().contains("due <=")
                        && arguments[0].toString().contains("select")
                        ? proxy(PreparedStatement.class, statement, (call, none, value) -> value) : result);
    }

    private interface After {
        Object then(String method, Object[] arguments, Object result);
    }

    private <T> T proxy(Class<T> type, T target, After after) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (self, method, arguments) -> {
                    long before = System.nanoTime();
                    try {
                        return after.then(method.getName(), arguments, method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (method.getName().equals("executeQuery")) {
                            millis.add((System.nanoTime() - before) / 1e6);
                        }
                    }
                }));
    }
}
