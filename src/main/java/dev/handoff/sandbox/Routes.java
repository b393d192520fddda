package dev.handoff.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The calls of Chatwoot's API that the sandbox knows. */
final class Routes {

    /** A route that fits, with the variables of the path. */
    record Match(Route route, Map<String, String> variables) {
    }

    private static final String ACCOUNT = "/api/v1/accounts/{account_id}";
    private static final String CONVERSATION = "/conversations/{conversation_id}";

    private final Map<String, List<Route>> byShape = new HashMap<>();

    Routes() {
        add("GET", "/api/v1/profile", new AccountApi()::profile);
        addAccount();
        addContacts();
        addConversations();
    }

    private void addAccount() {
        AccountApi account = new AccountApi();
        add("GET", ACCOUNT + "/teams", account::teams);
        add("GET", ACCOUNT + "/teams/{team_id}", account::team);
        add("GET", ACCOUNT + "/teams/{team_id}/team_members", account::teamMembers);
        add("GET", ACCOUNT + "/agents", account::agents);
        add("GET", ACCOUNT + "/inboxes", account::inboxes);
        add("GET", ACCOUNT + "/inboxes/{id}", account::inbox);
        add("GET", ACCOUNT + "/agent_bots/{id}", account::agentBot);
        add("GET", ACCOUNT + "/inbox_members/{inbox_id}", account::inboxMembers);
    }

    private void addContacts() {
        ContactApi contacts = new ContactApi();
        add("POST", ACCOUNT + "/contacts", contacts::create);
        add("GET", ACCOUNT + "/contacts/search", contacts::search);
        add("POST", ACCOUNT + "/contacts/filter", contacts::filter);
        add("GET", ACCOUNT + "/contacts/{id}", contacts::show);
        add("PUT", ACCOUNT + "/contacts/{id}", contacts::update);
        add("POST", ACCOUNT + "/contacts/{id}/contact_inboxes", contacts::openThread);
    }

    private void addConversations() {
        MessageApi messages = new MessageApi();
        ConversationApi conversations = new ConversationApi(messages);
        add("POST", ACCOUNT + "/conversations", conversations::create);
        add("GET", ACCOUNT + "/conversations", conversations::list);
        add("GET", ACCOUNT + CONVERSATION, conversations::show);
        add("POST", ACCOUNT + CONVERSATION + "/messages", messages::create);
        add("GET", ACCOUNT + CONVERSATION + "/messages", messages::list);
        add("POST", ACCOUNT + CONVERSATION + "/toggle_status", conversations::toggleStatus);
        add("POST", ACCOUNT + CONVERSATION + "/assignments", conversations::assign);
        add("GET", ACCOUNT + CONVERSATION + "/labels", conversations::labels);
        add("POST", ACCOUNT + CONVERSATION + "/labels", conversations::relabel);
        add("POST", ACCOUNT + CONVERSATION + "/toggle_typing_status", conversations::typing);
    }

    private void add(String method, String template, Function<Call, Answer> handler) {
        Route route = new Route(method, template, handler);
        byShape.computeIfAbsent(shape(method, route.segments()), key -> new ArrayList<>()).add(route);
    }

    /** Null if there is no such call. */
    Match find(String method, String path) {
        String[] segments = path.split("/");
        for (Route route : byShape.getOrDefault(shape(method, segments), List.of())) {
            Map<String, String> variables = route.match(segments);
            if (variables != null) {
                return new Match(route, variables);
            }
        }
        return null;
    }

    private static String shape(String method, String[] segments) {
        return method + segments.length;
    }
}
