package dev.handoff.support;

import java.time.Duration;
import java.util.Collection;

import org.apache.camel.component.http.CompositeHttpConfigurer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * One pool of HTTP connections for all routes. Left alone, camel-http keeps a pool for each endpoint, and so for
 * each method and time-out.
 */
class HttpClientSetup {

    /** Beside the lanes: conversations that are read, look-ups of teams and availability, checks. */
    private static final int READS = 32;
    private static final Duration IDLE_BEFORE_CHECK = Duration.ofSeconds(1);
    private static final Duration LONGEST_LIFE = Duration.ofMinutes(5);

    private HttpClientSetup() {
    }

    /** @param callbacks how many calls of bots there may be at once */
    static PoolingHttpClientConnectionManager pool(Collection<Connection> connections, int callbacks) {
        int most = connections.stream().mapToInt(connection -> connection.concurrency() + READS).sum() + callbacks;
        return PoolingHttpClientConnectionManagerBuilder.create()
                .useSystemProperties()
                .setMaxConnPerRoute(most)
                .setMaxConnTotal(most)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.ofSeconds(5))
                        // A server may have closed an idle connection; a request on it is lost, and nobody knows.
                        .setValidateAfterInactivity(TimeValue.of(IDLE_BEFORE_CHECK))
                        .setTimeToLive(TimeValue.of(LONGEST_LIFE))
                        .build())
                .build();
    }

    static void apply(HttpComponent http, PoolingHttpClientConnectionManager pool) {
        http.setClientConnectionManager(pool);
        http.setHttpClientConfigurer(CompositeHttpConfigurer.combineConfigurers(http.getHttpClientConfigurer(),
                client -> client.addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "send-guard",
                        new GuardedSending())));
    }
}
