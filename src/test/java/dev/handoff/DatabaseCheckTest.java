package dev.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** An H2 file with H2's own defaults could lose what was accepted. */
@ExtendWith(OutputCaptureExtension.class)
class DatabaseCheckTest {

    @Test
    void anH2FileThatDoesNotWriteAtOnceIsRefused(@TempDir Path folder, CapturedOutput output) {
        String url = "jdbc:h2:file:" + folder.resolve("other") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"
                + ";DEFAULT_NULL_ORDERING=HIGH";
        try (SandboxServer desk = Desks.start(SandboxSeed.standard(), new ChatwootContract())) {
            assertThatThrownBy(() -> App.start(App.properties(url, desk)).close()).isInstanceOf(Exception.class);
        }
        assertThat(output)
                .contains("spring.datasource.url: must have ;WRITE_DELAY=0, else a kill loses")
                .contains("spring.datasource.url: must have ;DB_CLOSE_ON_EXIT=FALSE, else a stop")
                .doesNotContain("\tat ");
    }
}
