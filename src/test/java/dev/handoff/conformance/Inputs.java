package dev.handoff.conformance;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import dev.handoff.session.Author;
import dev.handoff.session.User;
import dev.handoff.support.SupportSystem.Post;

/**
 * Persons, marks and messages of one case. For recordings they are always the same; a server that keeps state gets new
 * ones for each case.
 */
final class Inputs {

    /** What stands for {@code {run}} in recordings. */
    static final String RECORDED_RUN = "7f0c1a52-6d0e-4b7e-9a53-2f6f1e1c9d00";

    private static final Instant FIRST = Instant.parse("2026-01-02T03:04:05Z");
    private static final int DIGITS = 100_000_000;

    private final String run;
    private final boolean recorded;
    private int posts;

    private Inputs(String run, boolean recorded) {
        this.run = run;
        this.recorded = recorded;
    }

    static Inputs recorded() {
        return new Inputs(RECORDED_RUN, true);
    }

    static Inputs fresh() {
        return new Inputs(UUID.randomUUID().toString(), false);
    }

    User ana() {
        String digits = recorded ? "12345678" : String.format("%08d", Math.floorMod(run.hashCode(), DIGITS));
        return new User(id("u-1"), "Ana Lima", recorded ? "ana@example.org" : "ana." + digits + "@example.org",
                "+49151" + digits, "pt", Map.of("plan", "gold"));
    }

    /** The id of a person. */
    String id(String fixed) {
        return recorded ? fixed : fixed + "-" + run.substring(0, 8);
    }

    String userMark(String fixed) {
        return "kit:" + id(fixed);
    }

    String conversationMark() {
        return run + ".1";
    }

    String mark(int number) {
        return run + ":" + number;
    }

    Post user(String text) {
        return post(false, Author.USER, null, text);
    }

    Post bot(String text) {
        return post(false, Author.BOT, null, text);
    }

    Post agent(String name, String text) {
        return post(false, Author.AGENT, name, text);
    }

    Post note(String text) {
        return post(true, Author.BOT, null, text);
    }

    /** A message that is never posted. */
    Post neverPosted(int number) {
        return new Post(mark(number), false, Author.USER, null, "nobody said this", FIRST.plusSeconds(number).toString());
    }

    private Post post(boolean note, Author author, String name, String text) {
        posts++;
        return new Post(mark(posts), note, author, name, text, FIRST.plusSeconds(posts - 1L).toString());
    }
}
