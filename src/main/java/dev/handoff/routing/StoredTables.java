package dev.handoff.routing;

import org.apache.camel.builder.RouteBuilder;

import org.springframework.stereotype.Component;

/**
 * The routes that read and write the database table {@code routing_table}. Variable {@code bot}: whose; body: the
 * routing table as JSON, null when there is none.
 */
@Component
class StoredTables extends RouteBuilder {

    static final String READ = "direct:routing-table-read";
    static final String WRITE = "direct:routing-table-write";

    private static final String UPDATE = "sql:update routing_table set body = :#${body}, updated_at = current_timestamp"
            + " where bot = :#${variable.bot}";

    @Override
    public void configure() {
        // The caller is told; there is nobody else to do anything about it.
        errorHandler(noErrorHandler());

        from(READ).routeId("routing-table-read")
                .routeDescription("Reads the routing table that was set for a bot")
                .to("sql:select body from routing_table where bot = :#${variable.bot}?outputType=SelectOne");

        // Three plain statements in place of an upsert: the databases do not share one.
        from(WRITE).routeId("routing-table-write")
                .routeDescription("Stores the routing table of a bot in place of the one before")
                .to(UPDATE)
                .filter(simple("${header.CamelSqlUpdateCount} == 0"))
                    .to("sql:insert into routing_table (bot, body, updated_at)"
                            + " values (:#${variable.bot}, :#${body}, current_timestamp) on conflict do nothing")
                    .filter(simple("${header.CamelSqlUpdateCount} == 0"))
                        .to(UPDATE)
                    .end()
                .end();
    }
}
