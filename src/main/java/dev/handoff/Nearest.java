package dev.handoff;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What was probably meant by a name that nobody knows. */
public final class Nearest {

    /** Whoever misspells a name gets no more letters wrong than these, and not half of a short one. */
    private static final int FARTHEST = 2;

    private Nearest() {
    }

    /** In words, behind what is wrong; nothing if none of the known names is near. */
    public static String advice(String wrong, Collection<String> known) {
        return of(wrong, known).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** Empty if none of them is near. */
    public static Optional<String> of(String wrong, Collection<String> known) {
        return known.stream().filter(name -> distance(wrong, name) <= Math.min(FARTHEST, (wrong.length() - 1) / 2))
                .min(Comparator.comparingInt(name -> distance(wrong, name)));
    }

    /** How many letters must be put in, left out or exchanged. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(exchanged, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[other.length()];
    }
}
