package dev.handoff.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import dev.handoff.Database;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promises, while processes are killed and everything around them fails. Runs by {@code mvn verify -Pchaos}.
 * {@code -Dhandoff.chaos.database=H2} or {@code POSTGRES} and {@code -Dhandoff.chaos.replicas=3} run one of them only;
 * {@code -Dhandoff.chaos.seed=…} throws the same dice again. {@code -Dhandoff.chaos.late=true} adds messages that are
 * stored only after their time-out.
 */
@Tag("chaos")
class ChaosTest {

    static Stream<Parameters> runs() {
        String database = System.getProperty("handoff.chaos.database");
        Integer replicas = Integer.getInteger("handoff.chaos.replicas");
        if (database != null || replicas != null) {
            return Stream.of(Parameters.of(database == null ? Database.POSTGRES : Database.valueOf(database),
                    replicas == null ? 1 : replicas));
        }
        return Stream.of(Parameters.of(Database.H2, 1), Parameters.of(Database.POSTGRES, 2));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void whatWasAcceptedIsThereOnceAndInOrder(Parameters parameters) throws Exception {
        try (ChaosRun run = new ChaosRun(parameters)) {
            assertThat(run.run().details()).as("broken promises, " + parameters).isEmpty();
        }
    }
}
