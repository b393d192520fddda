package dev.handoff.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import dev.handoff.sandbox.AgentView;
import dev.handoff.sandbox.SandboxServer;

/** The agents: they answer, write notes, take and leave conversations, and resolve them. */
final class Staff {

    /** What must never reach a bot begins so. */
    static final String SECRET = "Between us";
    private static final List<Long> AGENTS = List.of(2L, 3L, 4L);

    private final SandboxServer desk;
    private final Map<Long, List<String>> said = new LinkedHashMap<>();
    private int count;

    Staff(SandboxServer desk) {
        this.desk = desk;
    }

    void work(Random dice, BooleanSupplier going) {
        while (going.getAsBoolean()) {
            List<AgentView.Summary> all = desk.view().conversations(AgentView.Wanted.ALL).conversations();
            // Now and then somebody says one thing more in what is resolved.
            String wanted = dice.nextInt(20) == 0 ? "resolved" : "open";
            List<AgentView.Summary> some = all.stream().filter(one -> one.status().equals(wanted)).toList();
            if (!some.isEmpty() && wanted.equals("open")) {
                act(some.get(dice.nextInt(some.size())).id(), AGENTS.get(dice.nextInt(AGENTS.size())),
                        dice.nextInt(100));
            } else if (!some.isEmpty()) {
                say(some.get(dice.nextInt(some.size())).id(), AGENTS.get(0), false);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5 + dice.nextInt(25)));
        }
    }

    private void act(long conversation, long agent, int roll) {
        if (roll < 55) {
            say(conversation, agent, roll < 5);
        } else if (roll < 65) {
            desk.agents().note(conversation, agent, SECRET + ", note " + ++count);
        } else if (roll < 68) {
            desk.agents().template(conversation, SECRET + ", template " + ++count);
        } else if (roll < 86) {
            desk.agents().assign(conversation, agent);
        } else if (roll < 92) {
            desk.agents().assign(conversation, null);
        } else {
            desk.agents().resolve(conversation, agent);
        }
    }

    private synchronized void say(long conversation, long agent, boolean phone) {
        String text = "Answer " + ++count + " in " + conversation + ".";
        if (phone) {
            desk.agents().replyFromPhone(conversation, text);
        } else {
            desk.agents().reply(conversation, agent, text);
        }
        said.computeIfAbsent(conversation, key -> new ArrayList<>()).add(text);
    }

    /** What was said in a conversation, in order. */
    synchronized List<String> said(long conversation) {
        return List.copyOf(said.getOrDefault(conversation, List.of()));
    }

    synchronized int saidInAll() {
        return said.values().stream().mapToInt(List::size).sum();
    }
}
