package dev.handoff.support;

import dev.handoff.ConfigurationRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a person sees whose configuration cannot work. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {

    @Test
    void theStartEndsWithAListAndWithoutAStackTrace(CapturedOutput log) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(SupportTest.Application.class)
                .web(WebApplicationType.NONE)
                .run("--spring.config.location=classpath:/application.yaml", "--spring.datasource.url=jdbc:h2:mem:no",
                        "--spring.flyway.enabled=false", "--handoff.connections.desk.system=chatwoot",
                        "--handoff.connections.desk.settings.tokenn=secret-token"))
                .hasRootCauseInstanceOf(ConfigurationRefused.class);

        assertThat(log.getAll()).contains("The configuration cannot be used as it is",
                "handoff.connections.desk.settings.base-url", "handoff.connections.desk.settings.token: ",
                "handoff.connections.desk.settings.tokenn").doesNotContain("\tat ", "secret-token");
    }
}
