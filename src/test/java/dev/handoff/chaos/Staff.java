package dev.handoff.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.handoff.Api;

/**
 * The agents: they answer, write notes, take and leave conversations, and resolve them. What came of it is read in the
 * conversations, since the support system may be down when they act.
 */
final class Staff {

    /** What must never reach a bot begins so. */
    static final String SECRET = "Between us";
    private static final List<Long> AGENTS = List.of(2L, 3L, 4L);
    /** How long they work from one list of conversations. */
    private static final int ACTIONS_A_LOOK = 25;

    private final SandboxProcess desk;
    private final Duration pace;
    private final String name;
    private int count;

    /**
     * @param pace   the mean time between two actions
     * @param number of these agents, so that their texts differ from those of others
     */
    Staff(SandboxProcess desk, Duration pace, int number) {
        this.desk = desk;
        this.pace = pace;
        this.name = Character.toString('A' + number);
    }

    void work(Random dice, BooleanSupplier going) {
        while (going.getAsBoolean()) {
            Map<String, List<Long>> known = look();
            for (int i = 0; i < ACTIONS_A_LOOK && going.getAsBoolean(); i++) {
                // Now and then somebody says one thing more in what is resolved.
                boolean resolved = dice.nextInt(20) == 0;
                List<Long> some = known.get(resolved ? "resolved" : "open");
                if (!some.isEmpty()) {
                    act(some.get(dice.nextInt(some.size())), AGENTS.get(dice.nextInt(AGENTS.size())),
                            resolved ? 10 : dice.nextInt(100));
                }
                Pause.of(Duration.ofNanos((long) (pace.toNanos() * 2 * dice.nextDouble())));
            }
        }
    }

    private Map<String, List<Long>> look() {
        Map<String, List<Long>> known = Map.of("open", new ArrayList<>(), "resolved", new ArrayList<>());
        try {
            for (JsonNode one : desk.conversations()) {
                known.getOrDefault(one.path("status").asText(), new ArrayList<>()).add(one.path("id").asLong());
            }
        } catch (IllegalStateException down) {
            Pause.of(Duration.ofMillis(200));
        }
        return known;
    }

    private void act(long conversation, long agent, int roll) {
        String number = name + ++count;
        ObjectNode how = Api.JSON.createObjectNode().put("agent", agent);
        if (roll < 5) {
            desk.act(conversation, "phone", how.put("text", "Answer " + number + "."));
        } else if (roll < 60) {
            desk.act(conversation, "reply", how.put("text", "Answer " + number + "."));
        } else if (roll < 68) {
            desk.act(conversation, "note", how.put("text", SECRET + ", note " + number));
        } else if (roll < 71) {
            desk.act(conversation, "template", how.put("text", SECRET + ", template " + number));
        } else if (roll < 86) {
            desk.act(conversation, "assign", how);
        } else if (roll < 92) {
            desk.act(conversation, "assign", how.putNull("agent"));
        } else {
            desk.act(conversation, "resolve", how);
        }
    }
}
