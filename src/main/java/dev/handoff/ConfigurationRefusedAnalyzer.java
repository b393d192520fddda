package dev.handoff;

import java.util.stream.Collectors;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Prints a refused configuration as a list instead of a stack trace. */
class ConfigurationRefusedAnalyzer extends AbstractFailureAnalyzer<ConfigurationRefused> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConfigurationRefused cause) {
        String list = cause.problems().stream()
                .map(problem -> "  " + problem.key() + "\n      " + problem.message())
                .collect(Collectors.joining("\n"));
        return new FailureAnalysis("Handoff cannot start with this configuration:\n\n" + list,
                "Mend the keys and files named above, and start again.", cause);
    }
}
