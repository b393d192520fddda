package dev.handoff.api;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.handler.MappedInterceptor;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.handoff.HandoffProperties;
import dev.handoff.session.Sessions;
import dev.handoff.support.SupportSystems;

/** Puts the API together. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HandoffProperties.class)
@Import(ApiPages.class)
class ApiConfiguration {

    @Bean
    ApiKeys apiKeys(HandoffProperties handoff) {
        return new ApiKeys(handoff);
    }

    @Bean
    MappedInterceptor botKeys(ApiKeys keys) {
        return new MappedInterceptor(new String[] {"/v1/bots/**"}, new BotKeyRequired(keys));
    }

    @Bean
    MappedInterceptor adminKeys(ApiKeys keys) {
        return new MappedInterceptor(new String[] {"/v1/admin/**"}, new AdminKeyRequired(keys));
    }

    @Bean
    OpenApiFile openApiFile() {
        return new OpenApiFile();
    }

    @Bean
    SlowCalls slowCalls() {
        return new SlowCalls();
    }

    @Bean
    ApiRoutes apiRoutes(ObjectMapper json, OpenApiFile file, SlowCalls slowly, HandoffProperties handoff,
            Sessions sessions, Handoffs handoffs, TeamLists teams, RoutingTables tables, SupportSystems systems,
            Undelivered undelivered, SupportChains chains, LogReads reads, WebhookIntake webhooks) {
        return new ApiRoutes(new ApiJson(json), new Contract(file), slowly,
                new SessionCalls(sessions, handoffs, reads), new BotCalls(teams, tables),
                new AdminCalls(handoff, systems, undelivered, chains, reads), new WebhookCalls(webhooks));
    }

    @Bean
    LogStreams logStreams(Sessions sessions, LogReads reads, ObjectMapper json) {
        return new LogStreams(sessions, reads, new ApiJson(json));
    }

    @Bean
    LogStreamMapping logStreamMapping(LogStreams streams) {
        return new LogStreamMapping(streams);
    }
}
