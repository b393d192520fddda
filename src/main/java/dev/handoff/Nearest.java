package dev.handoff;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

import org.apache.commons.text.similarity.LevenshteinDistance;

/** What was probably meant by a name that nobody knows. */
public final class Nearest {

    /** Whoever misspells a name gets no more letters wrong than these, and not half of a short one. */
    private static final int FARTHEST = 2;

    /** How many letters must be put in, left out or exchanged. */
    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private Nearest() {
    }

    /** In words, behind what is wrong; nothing if none of the known names is near. */
    public static String advice(String wrong, Collection<String> known) {
        return of(wrong, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** Empty if none of them is near. */
    public static Optional<String> of(String wrong, Collection<String> known) {
        return known.stream().filter(name -> DISTANCE.apply(wrong, name) <= Math.min(FARTHEST, (wrong.length() - 1) / 2))
                .min(Comparator.comparing(name -> DISTANCE.apply(wrong, name)));
    }
}
