package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.Fault;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The main line is what the lane runs: who edits it, sees it happen, without a restart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(OutputCaptureExtension.class)
class LiveRoutesTest {

    private static final String TRANSFER = "        - to:\n            description: transfer";
    private static final String NOTE = "        - setBody:\n            constant: Handed over by the shop's bot\n"
            + "        - to:\n            description: tell the agents\n            uri: direct:note\n";

    @TempDir
    private static Path folder;
    private SandboxServer desk;
    private App app;
    private Path mainLine;

    @BeforeAll
    void start() throws IOException {
        copy(Path.of("routes"), folder.resolve("routes"));
        mainLine = folder.resolve("routes/handoff/handoff.camel.yaml");
        desk = Desks.start(SandboxSeed.standard(), new ChatwootContract());
        var properties = App.properties(Database.H2.create(), desk);
        properties.put("handoff.routes", folder.resolve("routes"));
        app = App.start(properties);
    }

    @AfterAll
    void stop() {
        app.close();
        desk.stop();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private List<String> handOver() {
        String session = "s-" + UUID.randomUUID();
        String id = app.bot().handoff(session, "{'team': 'Travel', 'history': [{'author': 'user', 'text': 'Hi'}]}")
                .text("/conversation/id");
        return Desks.seen(desk, id).lines();
    }

    @Test
    @Order(1)
    void aNoteAddedBeforeTheTransferIsSeenOverThere() throws IOException {
        assertThat(handOver()).containsExactly("user: Hi");
        String before = Files.readString(mainLine);
        assertThat(before).contains(TRANSFER);
        Files.writeString(mainLine, before.replace(TRANSFER, NOTE + TRANSFER));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(handOver())
                .containsExactly("user: Hi", "note: Handed over by the shop's bot"));
    }

    @Test
    @Order(2)
    void theAddedStepIsDoneOnceHoweverOftenTheHandoffIsTried() {
        desk.faults().add(Fault.of(Fault.Kind.RESET_AFTER).on("POST", "/assignments").next(2));

        assertThat(handOver()).containsExactly("user: Hi", "note: Handed over by the shop's bot");
    }

    @Test
    @Order(3)
    void aBrokenEditIsRefusedWithFileAndLineWhileTheOldRouteGoesOn(CapturedOutput output) throws IOException {
        String good = Files.readString(mainLine);
        Files.writeString(mainLine, good.replace("uri: direct:replay-history", "uri: [direct:replay-history"));

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(output.getAll())
                .containsPattern("handoff\\.camel\\.yaml:\\d+"));
        assertThat(handOver()).containsExactly("user: Hi", "note: Handed over by the shop's bot");

        Files.writeString(mainLine, good.replace("constant: Handed over by the shop's bot", "constant: Mended"));
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(handOver())
                .containsExactly("user: Hi", "note: Mended"));
    }
}
