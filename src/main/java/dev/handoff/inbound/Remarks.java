package dev.handoff.inbound;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import dev.handoff.inbound.Marks.Part;
import dev.handoff.session.Author;
import dev.handoff.support.SupportSystem.News;
import dev.handoff.support.SupportSystem.Remark;

/** Which of the messages over there are for the user: not our own, no private notes, and of people. */
final class Remarks {

    private Remarks() {
    }

    /** @param templates whether what no person wrote is for the user too */
    static List<Remark> forTheUser(News news, UUID session, boolean templates) {
        return news.remarks().stream()
                .filter(remark -> !remark.own() && Marks.seq(remark.mark(), session).isEmpty())
                .filter(remark -> !remark.note() && remark.author() != Author.USER)
                .filter(remark -> templates || remark.author() == Author.AGENT)
                .toList();
    }

    /** The last part of the last entry of ours that is over there. */
    static Optional<Part> lastOwn(News news, UUID session) {
        return news.remarks().stream().flatMap(remark -> Marks.part(remark.mark(), session).stream())
                .max(Comparator.comparingLong(Part::seq).thenComparingInt(Part::part));
    }

    /** Whether the user's messages after this entry have come there. */
    static boolean ofTheUser(News news, UUID session, long after) {
        return news.remarks().stream().filter(remark -> remark.author() == Author.USER)
                .flatMap(remark -> Marks.seq(remark.mark(), session).stream()).anyMatch(seq -> seq > after);
    }
}
