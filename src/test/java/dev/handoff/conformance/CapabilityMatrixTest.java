package dev.handoff.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;

import org.junit.jupiter.api.Test;

/** The page about the support systems says what their files say; {@code -Dmatrix=write} rewrites it. */
class CapabilityMatrixTest {

    @Test
    void thePageIsUpToDate() throws IOException {
        String page = CapabilityMatrix.of(Account.ROUTES);
        if ("write".equals(System.getProperty("matrix"))) {
            Files.createDirectories(CapabilityMatrix.FILE.getParent());
            Files.writeString(CapabilityMatrix.FILE, page);
        }
        assertThat(CapabilityMatrix.FILE).as("rewrite it: " + CapabilityMatrix.COMMAND).exists();
        assertThat(Files.readString(CapabilityMatrix.FILE))
                .as(CapabilityMatrix.FILE + " is not what the system.yaml files say; rewrite it: " + CapabilityMatrix.COMMAND)
                .isEqualTo(page);
    }
}
