package dev.handoff.chaos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.Api;

/** The log of a session, as its bot reads it. */
record BotsLog(List<JsonNode> entries) {

    private static final int PAGE = 1000;

    static BotsLog read(Api api, String session) {
        List<JsonNode> all = new ArrayList<>();
        int before;
        do {
            before = all.size();
            api.get("/sessions/" + session + "/log?after=" + before + "&limit=" + PAGE).body()
                    .path("entries").forEach(all::add);
        } while (all.size() == before + PAGE);
        return new BotsLog(all);
    }

    /** The ids of handoffs that the bot took back, and was then told that people have answered in a former conversation. */
    Set<String> answeredElsewhere() {
        Map<Long, String> takenBack = new HashMap<>();
        Set<String> conversations = new HashSet<>();
        Set<String> elsewhere = new HashSet<>();
        String handoff = null;
        long seq = 0;
        for (JsonNode entry : entries) {
            boolean bots = entry.path("side").asText().equals("bot");
            String kind = entry.path("kind").asText();
            if (bots && kind.equals("handoff")) {
                handoff = entry.path("id").asText();
                seq = entry.path("seq").asLong();
            } else if (bots && kind.equals("closed") && handoff != null) {
                takenBack.put(seq, handoff);
            } else if (kind.equals("assigned") && entry.has("of")
                    && !conversations.add(entry.at("/conversation/id").asText())
                    && takenBack.containsKey(entry.path("of").asLong())) {
                elsewhere.add(takenBack.get(entry.path("of").asLong()));
            }
        }
        return elsewhere;
    }
}
