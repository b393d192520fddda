package dev.handoff;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be worked with: names each key and how to mend it. Ends the start. */
public class ConfigurationRefused extends RuntimeException {

    /** One thing to mend: the key's full path, and what is wrong with it. Never carries a secret. */
    public record Problem(String key, String message) {
    }

    private final List<Problem> problems;

    public ConfigurationRefused(List<Problem> problems) {
        super(problems.stream().map(problem -> problem.key() + ": " + problem.message())
                .collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
