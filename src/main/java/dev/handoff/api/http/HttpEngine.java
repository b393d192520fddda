package dev.handoff.api.http;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;

/** Serves Camel's platform-http endpoints, and with them the REST DSL, through {@link HttpConsumer}. */
class HttpEngine implements PlatformHttpEngine {

    private final int port;
    private final RequestBody bodies;
    private final ProblemWriter problems;

    HttpEngine(int port, RequestBody bodies, ProblemWriter problems) {
        this.port = port;
        this.bodies = bodies;
        this.problems = problems;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new HttpConsumer(endpoint, processor, bodies, problems);
    }

    @Override
    public int getServerPort() {
        return port;
    }
}
