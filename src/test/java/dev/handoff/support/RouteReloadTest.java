package dev.handoff.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import dev.handoff.session.Team;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A route file that is edited while it runs. */
@ExtendWith(OutputCaptureExtension.class)
class RouteReloadTest extends SupportTest {

    private static final Path PROBE = ROUTES.resolve("handoff/probe.camel.yaml");
    private static final Path TEAMS = ROUTES.resolve("support/chatwoot/teams.camel.yaml");
    private static final Duration SOON = Duration.ofSeconds(10);

    @Autowired
    private ProducerTemplate template;
    private String probe;
    private String teams;

    @BeforeEach
    void remember() throws IOException {
        probe = Files.readString(PROBE);
        teams = Files.readString(TEAMS);
    }

    @AfterEach
    void restore() throws IOException {
        Files.writeString(PROBE, probe);
        Files.writeString(TEAMS, teams);
        await().atMost(SOON).ignoreExceptions().until(() -> answer().equals("before"));
    }

    @Test
    void anEditGoesLive() throws IOException {
        Files.writeString(PROBE, probe.replace("constant: before", "constant: after"));

        await().atMost(SOON).ignoreExceptions().until(() -> answer().equals("after"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"constant: before:", "constan: before", "groovy: 'body.('", "simple: '${nonsense(}'"})
    void aBrokenEditIsRefusedAndTheRouteGoesOn(String broken, CapturedOutput log) throws IOException {
        Files.writeString(PROBE, probe.replace("constant: before", broken));

        await().atMost(SOON).until(() -> log.getOut().contains("Refused, the routes go on as they were: "));

        String line = log.getOut().lines().filter(l -> l.contains("Refused")).findFirst().orElseThrow();
        assertThat(line).containsPattern("probe\\.camel\\.yaml:[28]: ");
        assertThat(log.getOut()).doesNotContain("\tat ");
        assertThat(answer()).isEqualTo("before");
    }

    @Test
    void noCallNoticesAReload() throws Exception {
        SERVER.on("GET", "/api/v1/accounts/1/teams", "[{\"id\":2,\"name\":\"sales\"}]");
        Files.writeString(TEAMS, teams.replace("name: it.name", "name: it.name + '!'"));

        // Without a pause between them: a reload that waits for a quiet moment would never come.
        await().atMost(SOON).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1))
                .until(() -> desk().teams().contains(new Team("2", "sales!")));
    }

    private String answer() {
        return template.requestBody("direct:handoff-probe", null, String.class);
    }
}
