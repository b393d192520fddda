package dev.handoff.chaos;

import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.handoff.Api;
import dev.handoff.chaos.Dialogue.Line;

/** Posts as a careful bot does: each call has an id, and is repeated under it until it is accepted. */
final class PostingBot {

    static final List<String> TEAMS = List.of("Front Desk", "Payments", "Bookings", "Travel");
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(3);

    private final Replicas replicas;
    private final AtomicLong repeats = new AtomicLong();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    PostingBot(Replicas replicas) {
        this.replicas = replicas;
    }

    /** How often a call had to be repeated. */
    long repeats() {
        return repeats.get();
    }

    /** Calls that were refused although nothing was wrong with them. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** Leads these sessions until it is told to stop; every call that it began is accepted then. */
    void lead(List<Dialogue> dialogues, Random dice, BooleanSupplier going) {
        while (going.getAsBoolean()) {
            step(dialogues.get(dice.nextInt(dialogues.size())), dice);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10 + dice.nextInt(40)));
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
        } else if (roll < 5) {
            close(dialogue, dice);
        } else {
            say(dialogue, roll < 80 ? "user" : "bot", dice);
        }
    }

    void say(Dialogue dialogue, String author, Random dice) {
        String text = dialogue.next("Line");
        ObjectNode body = Api.JSON.createObjectNode().put("id", text).put("author", author).put("text", text);
        Api.Answer answer = accepted(dialogue, "/messages", body, dice);
        dialogue.accepted(new Line(text, author, answer.body().path("late").asBoolean()));
    }

    void handOver(Dialogue dialogue, Random dice) {
        String team = TEAMS.get(dice.nextInt(TEAMS.size()));
        ObjectNode body = Api.JSON.createObjectNode().put("id", dialogue.next("Handoff")).put("team", team)
                .put("wait", dice.nextInt(4) == 0 ? 2 : 0);
        body.putObject("user").put("id", dialogue.session()).put("name", dialogue.session());
        // Only the first one: asked again while people are in charge, it would append nothing.
        boolean first = dialogue.handoffs().isEmpty();
        ArrayNode history = body.putArray("history");
        for (int i = 0; first && i < 5; i++) {
            String text = dialogue.next("History");
            history.addObject().put("id", text).put("author", i % 2 == 0 ? "user" : "bot").put("text", text);
        }
        accepted(dialogue, "/handoff", body, dice);
        history.forEach(line -> dialogue.accepted(
                new Line(line.path("text").asText(), line.path("author").asText(), false)));
        dialogue.handedOver(body.path("id").asText(), team);
    }

    private void close(Dialogue dialogue, Random dice) {
        accepted(dialogue, "/close", Api.JSON.createObjectNode().put("reason", "The user is happy"), dice);
    }

    private Api.Answer accepted(Dialogue dialogue, String call, ObjectNode body, Random dice) {
        String path = "/sessions/" + dialogue.session() + call;
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String last = null;
        while (System.nanoTime() < deadline) {
            try {
                Api.Answer answer = replicas.any(dice).post(path, body);
                if (answer.status() == 200) {
                    dialogue.control(answer.text("/control"));
                    return answer;
                }
                last = answer.status() + " " + answer.body();
                if (answer.status() / 100 == 4 && answer.status() != 429) {
                    break;
                }
            } catch (IllegalStateException e) {
                last = String.valueOf(e.getCause());
            }
            repeats.incrementAndGet();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
        refused.add(path + ": " + last);
        throw new IllegalStateException("not accepted: POST " + path + ": " + last);
    }
}
