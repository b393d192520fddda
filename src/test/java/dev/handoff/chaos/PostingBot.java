package dev.handoff.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.handoff.Api;
import dev.handoff.chaos.Dialogue.Handoff;
import dev.handoff.chaos.Dialogue.Line;

/** Posts as a careful bot does: each call has an id, and is repeated under it until it is accepted. */
final class PostingBot {

    static final List<String> TEAMS = List.of("Front Desk", "Payments", "Bookings", "Travel", "Leisure", "Home",
            "Gadgets", "Billing");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** Longer than it waits for a handoff. */
    private static final long ANSWER_SECONDS = 5;

    private final Replicas replicas;
    private final AtomicLong repeats = new AtomicLong();
    private final AtomicInteger lines = new AtomicInteger();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    PostingBot(Replicas replicas) {
        this.replicas = replicas;
    }

    /** How often a call had to be repeated. */
    long repeats() {
        return repeats.get();
    }

    /** How many lines were accepted. */
    int lines() {
        return lines.get();
    }

    /** Calls that were refused although nothing was wrong with them. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /**
     * Leads these sessions until it is told to stop; every call that it began is accepted then.
     *
     * @param pace the mean time between two steps
     */
    void lead(List<Dialogue> dialogues, Duration pace, Random dice, BooleanSupplier going) {
        long next = System.nanoTime();
        while (going.getAsBoolean()) {
            step(dialogues.get(dice.nextInt(dialogues.size())), dice);
            // What an interruption has held up is made good, but not all at once.
            next = Math.max(next, System.nanoTime() - 20 * pace.toNanos())
                    + (long) (pace.toNanos() * 2 * dice.nextDouble());
            Pause.until(next);
        }
    }

    private void step(Dialogue dialogue, Random dice) {
        int roll = dice.nextInt(100);
        if (dialogue.isBots()) {
            if (roll < 35) {
                handOver(dialogue, dice);
            } else {
                say(dialogue, roll % 2 == 0 ? "user" : "bot", dice);
            }
        } else if (roll < 4) {
            call(dialogue, "/close", Api.JSON.createObjectNode().put("reason", "The user is happy"), dice);
            dialogue.takenBack();
        } else {
            say(dialogue, roll < 75 ? "user" : "bot", dice);
        }
    }

    private void say(Dialogue dialogue, String author, Random dice) {
        String text = dialogue.next("Line");
        ObjectNode body = Api.JSON.createObjectNode().put("id", text).put("author", author).put("text", text);
        Api.Answer answer = call(dialogue, "/messages", body, dice).answer();
        boolean late = answer.body().path("late").asBoolean();
        boolean live = !"bot".equals(answer.text("/control"));
        // A repetition is answered with the control of that later moment.
        boolean first = !answer.body().path("duplicate").asBoolean();
        if (first && late != (live && author.equals("bot"))) {
            dialogue.contradiction("late is " + late + " in " + answer.body() + " of the " + author);
        }
        dialogue.accepted(new Line(text, author, late, live && first, dialogue.isTakenBack(), Instant.now()));
        lines.incrementAndGet();
    }

    void handOver(Dialogue dialogue, Random dice) {
        String team = dialogue.nextTeam(TEAMS);
        ObjectNode body = Api.JSON.createObjectNode().put("id", dialogue.next("Handoff")).put("team", team)
                .put("wait", dice.nextInt(8) == 0 ? 2 : 0);
        body.putObject("user").put("id", dialogue.session()).put("name", dialogue.session());
        // Only the first one: asked again while people are in charge, it would append nothing.
        boolean first = dialogue.handoffs().isEmpty();
        ArrayNode history = body.putArray("history");
        for (int i = 0; first && i < 5; i++) {
            String text = dialogue.next("History");
            history.addObject().put("id", text).put("author", i % 2 == 0 ? "user" : "bot").put("text", text);
        }
        Called called = call(dialogue, "/handoff", body, dice);
        String status = called.answer().text("/status");
        if (!List.of("transferred", "pending").contains(status)) {
            refused.add("a handoff is " + status + ": " + called.answer().body());
        }
        history.forEach(line -> dialogue.accepted(new Line(line.path("text").asText(), line.path("author").asText(),
                false, false, false, Instant.now())));
        lines.addAndGet(history.size());
        dialogue.handedOver(new Handoff(body.path("id").asText(), team,
                team.equalsIgnoreCase(called.answer().text("/team/name")), called.unknown()));
    }

    /** @param unknown whether an earlier try was never answered */
    private record Called(Api.Answer answer, boolean unknown) {
    }

    private Called call(Dialogue dialogue, String call, ObjectNode body, Random dice) {
        String path = "/sessions/" + dialogue.session() + call;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String last = null;
        boolean unknown = false;
        while (System.nanoTime() < deadline) {
            try {
                Api.Answer answer = replicas.any(dice).postAsync(path, body)
                        .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
                if (answer.status() == 200) {
                    dialogue.answered(answer);
                    return new Called(answer, unknown);
                }
                last = answer.status() + " " + answer.body();
                unknown |= answer.status() / 100 == 5;
                if (answer.status() / 100 == 4 && answer.status() != 429) {
                    break;
                }
            } catch (CompletionException e) {
                last = String.valueOf(e.getCause());
                unknown = true;
            }
            repeats.incrementAndGet();
            Pause.of(Duration.ofMillis(100));
        }
        refused.add(path + ": " + last);
        throw new IllegalStateException("not accepted: POST " + path + ": " + last);
    }
}
