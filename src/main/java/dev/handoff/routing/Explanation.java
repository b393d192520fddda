package dev.handoff.routing;

import java.util.List;

/**
 * What a handoff would do, and how the rows of the table were read.
 *
 * @param rows empty for a bot without a table
 */
public record Explanation(Decision decision, List<Row> rows) {

    /**
     * One row.
     *
     * @param row     its number, from 1
     * @param team    as the row writes it
     * @param matched whether it has any of the unfinished intents
     * @param because in words, also when another row goes before it
     */
    public record Row(int row, String team, boolean matched, String because) {
    }
}
