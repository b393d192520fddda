package dev.handoff.lane;

import java.util.LinkedHashMap;
import java.util.Map;

/** The refs that have a meaning here; all others are the route set's own. */
final class Refs {

    /** The conversation's id over there. */
    static final String CONVERSATION = "conversation";
    /** Where agents see it. */
    static final String URL = "url";
    /** Given back, and not kept: the id over there of what was posted as the conversation was made. */
    static final String FIRST = "first";

    private Refs() {
    }

    /** The conversation as bots are told of it. */
    static Map<String, String> conversation(Map<String, String> refs) {
        Map<String, String> conversation = new LinkedHashMap<>();
        conversation.put("id", refs.get(CONVERSATION));
        if (refs.containsKey(URL)) {
            conversation.put("url", refs.get(URL));
        }
        return conversation;
    }
}
