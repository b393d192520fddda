package dev.handoff;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot work; all that is wrong with it, at once, in words for the person who mends it. */
public class ConfigurationRefused extends RuntimeException {

    /**
     * @param key     where it is wrong: a key ({@code handoff.connections.desk.settings.token}) or a file and line
     * @param message what is wrong and how to mend it; never a value that may be secret
     */
    public record Problem(String key, String message) {

        @Override
        public String toString() {
            return key + ": " + message;
        }
    }

    private final transient List<Problem> problems;

    public ConfigurationRefused(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }
}
