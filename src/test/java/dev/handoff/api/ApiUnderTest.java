package dev.handoff.api;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import dev.handoff.api.http.HttpForTests;

/** The API alone, over services in memory. Not annotated as a configuration, so that no scan finds it. */
@EnableAutoConfiguration(exclude = {DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class})
@Import({ApiConfiguration.class, HttpForTests.class})
class ApiUnderTest {

    @Bean
    Services services() {
        return new Services();
    }
}
