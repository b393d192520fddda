package dev.handoff;

import java.util.List;
import java.util.stream.Collectors;

/** A document whose form is right says things that cannot be; carries all of them at once. */
public class FieldsRefused extends RuntimeException {

    private final transient List<Fault> faults;

    public FieldsRefused(List<Fault> faults) {
        super(faults.stream().map(f -> f.path() + " " + f.message()).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }

    /**
     * @param path    JSON pointer into the document, as in {@code /teams/2/team}
     * @param message what is wrong and how to mend it, to be read after the path
     */
    public record Fault(String path, String message) {
    }
}
