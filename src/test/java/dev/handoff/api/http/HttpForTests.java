package dev.handoff.api.http;

import org.springframework.context.annotation.Import;

/** Lets tests outside of the package have its configuration without a scan. */
@Import(HttpConfiguration.class)
public class HttpForTests {
}
