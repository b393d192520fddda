package dev.handoff.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import dev.handoff.ConfigurationRefused;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What a person sees whose configuration or route set cannot work. */
@ExtendWith(OutputCaptureExtension.class)
class RefusedStartTest {

    @TempDir
    private Path routes;
    private Path slate;

    @BeforeEach
    void aRouteSet() throws IOException {
        FileSystemUtils.copyRecursively(Path.of("src/test/resources/routes"), routes);
        slate = routes.resolve("support/slate");
    }

    private static void refused(String... settings) {
        List<String> all = new ArrayList<>(List.of("--spring.config.location=classpath:/application.yaml",
                "--spring.datasource.url=jdbc:h2:mem:no", "--spring.flyway.enabled=false"));
        all.addAll(List.of(settings));
        assertThatThrownBy(() -> new SpringApplicationBuilder(SupportTest.Application.class)
                .web(WebApplicationType.NONE).run(all.toArray(String[]::new)))
                .hasRootCauseInstanceOf(ConfigurationRefused.class);
    }

    private void refusedRouteSet() {
        refused("--handoff.routes=" + routes, "--handoff.connections.desk.system=slate",
                "--handoff.connections.desk.settings.base-url=http://127.0.0.1:1",
                "--handoff.connections.desk.settings.token=secret-token");
    }

    private void edit(String file, String from, String to) throws IOException {
        String text = Files.readString(slate.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(slate.resolve(file), text.replace(from, to));
    }

    /** A place that is told: the file, and the line on which this text stands. */
    private String at(String file, String text) throws IOException {
        String before = Files.readString(slate.resolve(file)).split(java.util.regex.Pattern.quote(text), 2)[0];
        return slate.resolve(file) + ":" + (before.chars().filter(c -> c == '\n').count() + 1) + ": ";
    }

    @Test
    void theStartEndsWithAListAndWithoutAStackTrace(CapturedOutput log) {
        refused("--handoff.connections.desk.system=chatwoot",
                "--handoff.connections.desk.settings.tokenn=secret-token");

        assertThat(log.getAll()).contains("The configuration cannot be used as it is",
                "handoff.connections.desk.settings.base-url", "handoff.connections.desk.settings.token: ",
                "handoff.connections.desk.settings.tokenn").doesNotContain("\tat ", "secret-token");
    }

    @Test
    void operationsAndCapabilitiesMustFit(CapturedOutput log) throws IOException {
        Files.delete(slate.resolve("post.camel.yaml"));
        Files.delete(slate.resolve("events-since.camel.yaml"));
        Files.delete(slate.resolve("receive.camel.yaml"));
        edit("system.yaml", "  find: true", "  find: false");

        refusedRouteSet();

        assertThat(log.getAll()).contains(
                at("system.yaml", "title:") + "every system needs a route with the id slate-post, in post.camel.yaml",
                at("system.yaml", "  read: true") + "'read: true' needs a route with the id slate-events-since",
                at("system.yaml", "webhook:") + "'webhook' needs a route with the id slate-receive",
                at("find.camel.yaml", "    id: slate-find") + "this operation is not declared: write capabilities.find: true")
                .contains("The routes here are: slate-call, slate-check, slate-close, slate-create-conversation")
                .doesNotContain("\tat ");
    }

    @Test
    void whatIsMisnamedIsToldWithItsLine(CapturedOutput log) throws IOException {
        edit("close.camel.yaml", "id: slate-close", "id: slate-kloze");
        edit("teams.camel.yaml", "uri: direct:slate-teams", "uri: direct:slate-groups");
        edit("check.camel.yaml", "id: slate-check", "id: other-check");
        Files.move(slate.resolve("state.camel.yaml"), slate.resolve("status.camel.yaml"));

        refusedRouteSet();

        assertThat(log.getAll()).contains(
                at("close.camel.yaml", "    id: ") + "the first route of this file must have the id slate-close",
                at("close.camel.yaml", "      uri: ") + "must be direct:slate-kloze",
                at("teams.camel.yaml", "      uri: ") + "must be direct:slate-teams",
                at("check.camel.yaml", "    id: ") + "the first route of this file must have the id slate-check",
                at("status.camel.yaml", "    id: ") + "the first route of this file must have the id slate-status");
    }

    @Test
    void aStepThatLeadsNowhereIsToldWithItsLine(CapturedOutput log) throws IOException {
        edit("teams.camel.yaml", "            uri: direct:slate-call", "            uri: direct:slate-cal");
        edit("close.camel.yaml", "uri: direct:slate-call", "uri: direct:chatwoot-call?timeout=0");
        edit("find.camel.yaml", "        - to:\n            uri: direct:slate-call", "        - to: direct:find");
        edit("post.camel.yaml", "        - to:\n            uri: direct:slate-call",
                "        - toD: direct:${variable.connection}");

        refusedRouteSet();

        assertThat(log.getAll()).contains(
                at("teams.camel.yaml", "            uri: ") + "no route begins with direct:slate-cal; "
                        + "did you mean direct:slate-call?",
                at("close.camel.yaml", "            uri: ") + "no route begins with direct:chatwoot-call",
                at("find.camel.yaml", "        - to: ") + "no route begins with direct:find")
                .doesNotContain("post.camel.yaml");
    }

    @Test
    void aCapabilityThatNobodyKnowsIsRefused(CapturedOutput log) throws IOException {
        edit("system.yaml", "  read: true", "  reed: true");

        refusedRouteSet();

        assertThat(log.getAll()).contains(at("system.yaml", "  reed: true")
                + "'reed' is not known here; did you mean read?");
    }

    @Test
    void allThatIsWrongWithADescriptionIsToldAtOnce(CapturedOutput log) throws IOException {
        edit("system.yaml", "title: Slate", "titel: Slate");
        edit("system.yaml", "  html: true", "  hypertext: true");
        edit("system.yaml", "algorithm: equality", "algorithm: md5");
        edit("system.yaml", "required: [base-url, token]", "required: [base-url, tokn]");
        Files.writeString(slate.resolve("system.yaml"), """
                outcomes:
                  - status: 404
                    operations: [find, transfr]
                    means: gone
                """, StandardOpenOption.APPEND);

        refusedRouteSet();

        assertThat(log.getAll()).contains(
                at("system.yaml", "titel: ") + "'titel' is not known here; did you mean title?",
                "required property 'title' not found",
                at("system.yaml", "  hypertext: ") + "'hypertext' is not known here; known are notes, attachments,",
                at("system.yaml", "  algorithm: ") + "'md5' is not known here; known are hmac-sha1, hmac-sha256, ",
                at("system.yaml", "  required: ") + "tokn is not among the settings",
                at("system.yaml", "    operations: ") + "'transfr' is not known here; did you mean transfer?");
    }

    @Test
    void changesCannotBeToldOfWhatCannotBeRead(CapturedOutput log) throws IOException {
        edit("system.yaml", "  read: true", "  sweep: true");
        Files.delete(slate.resolve("events-since.camel.yaml"));
        Files.writeString(slate.resolve("changed-since.camel.yaml"), Files.readString(slate.resolve("teams.camel.yaml"))
                .replace("teams", "changed-since"));

        refusedRouteSet();

        assertThat(log.getAll()).contains(at("system.yaml", "  sweep: true") + "what has changed can only be told");
    }

    @Test
    void webhooksAreOfNoUseWhereNothingCanBeRead(CapturedOutput log) throws IOException {
        edit("system.yaml", "  read: true", "  read: false");
        Files.delete(slate.resolve("events-since.camel.yaml"));

        refusedRouteSet();

        assertThat(log.getAll()).contains(at("system.yaml", "webhook:") + "a webhook only tells where something may be new");
    }
}
