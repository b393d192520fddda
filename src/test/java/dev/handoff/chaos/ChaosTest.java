package dev.handoff.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import dev.handoff.Database;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The promises, while processes are killed and everything around them fails: a short form in {@code mvn verify}, a long
 * one by {@code mvn verify -Pchaos}. {@code -Dhandoff.chaos.runs=POSTGRES:3} runs it on that database with so many
 * replicas only; {@code -Dhandoff.chaos.seed=…} throws the same dice again; {@link Parameters} names the others.
 */
@Tag("chaos")
class ChaosTest {

    static Stream<Parameters> runs() {
        return Stream.of(System.getProperty("handoff.chaos.runs", "H2:1,POSTGRES:2").split(","))
                .map(run -> run.split(":"))
                .map(run -> Parameters.of(Database.valueOf(run[0].trim()), Integer.parseInt(run[1].trim())));
    }

    @ParameterizedTest
    @MethodSource("runs")
    void whatWasAcceptedIsThereOnceAndInOrder(Parameters parameters) throws Exception {
        try (ChaosRun run = new ChaosRun(parameters)) {
            assertThat(run.run().details()).as("broken promises, " + parameters).isEmpty();
        }
    }
}
