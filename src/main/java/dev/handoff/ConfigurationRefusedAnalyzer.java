package dev.handoff;

import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints what is wrong with the configuration, one key a line, instead of a stack trace. */
class ConfigurationRefusedAnalyzer extends AbstractFailureAnalyzer<ConfigurationRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationRefused cause) {
        String lines = cause.problems().stream()
                .map(problem -> "    " + problem.key() + ": " + problem.message())
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis("The configuration cannot be used as it is:\n\n" + lines,
                "Mend the keys above, in application.yaml or in the environment, and start again.", cause);
    }
}
