package dev.handoff;

import java.util.List;
import java.util.stream.Collectors;

/** The application does not start with this configuration; carries everything that is wrong with it at once. */
public class ConfigurationRefused extends RuntimeException {

    private final transient List<Problem> problems;

    public ConfigurationRefused(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
