package dev.handoff;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.sandbox.AgentView;
import dev.handoff.sandbox.AgentView.Author;
import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;

/** Sandboxes for tests, and what an agent sees in them. */
public final class Desks {

    private Desks() {
    }

    /** A conversation as an agent sees it; {@code lines} begin with their author: {@code user: Hello}. */
    public record Seen(String id, String status, String team, String contact, String sourceId, List<String> lines) {
    }

    /** The standard desk with the teams that a routing table names. */
    public static SandboxSeed withTeams(JsonNode routing) {
        Set<String> names = new LinkedHashSet<>(Set.of(routing.path("default").asText()));
        routing.path("teams").forEach(row -> names.add(row.path("team").asText()));
        List<SandboxSeed.Team> teams = new ArrayList<>();
        names.forEach(name -> teams.add(new SandboxSeed.Team(teams.size() + 1, name, List.of(2L, 3L), false)));
        return SandboxSeed.standard().withTeams(teams);
    }

    /** @param contract is told of every call */
    public static SandboxServer start(SandboxSeed seed, ChatwootContract contract) {
        SandboxServer desk = new SandboxServer(0, seed);
        desk.listen(contract);
        desk.start();
        return desk;
    }

    public static Seen seen(SandboxServer desk, String conversation) {
        return desk.view().conversation(Long.parseLong(conversation)).map(Desks::seen).orElseThrow();
    }

    public static List<Seen> all(SandboxServer desk) {
        return desk.view().all().stream().map(Desks::seen).toList();
    }

    /** The conversations of a person; the user's id must be unlike all others. */
    public static List<Seen> conversationsOf(SandboxServer desk, String user) {
        return desk.view().all().stream()
                .filter(conversation -> conversation.contact().identifier().endsWith(":" + user))
                .map(Desks::seen).toList();
    }

    private static Seen seen(AgentView.Detail detail) {
        return new Seen(String.valueOf(detail.id()), detail.status(), detail.team(), detail.contact().name(),
                detail.sourceId(), detail.messages().stream().filter(line -> line.author() != Author.ACTIVITY)
                        .map(line -> line.author().name().toLowerCase(Locale.ROOT) + ": " + line.content()).toList());
    }
}
