package dev.handoff.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.handoff.conformance.Breach;

/** The project's own schemas of Chatwoot's calls. */
final class CarriedSchemas {

    private static final String ACCOUNT = "/api/v1/accounts/{account_id}";
    private static final String CONVERSATION = ACCOUNT + "/conversations/{conversation_id}";

    private static final Map<String, String> FILES = Map.ofEntries(
            Map.entry("POST " + ACCOUNT + "/contacts", "create-contact"),
            Map.entry("POST " + ACCOUNT + "/contacts/filter", "filter-contacts"),
            Map.entry("POST " + ACCOUNT + "/conversations", "create-conversation"),
            Map.entry("GET " + ACCOUNT + "/conversations", "list-conversations"),
            Map.entry("GET " + CONVERSATION, "get-conversation"),
            Map.entry("POST " + CONVERSATION + "/messages", "create-message"),
            Map.entry("GET " + CONVERSATION + "/messages", "list-messages"),
            Map.entry("POST " + CONVERSATION + "/assignments", "assign"),
            Map.entry("POST " + CONVERSATION + "/toggle_status", "toggle-status"),
            Map.entry("GET " + ACCOUNT + "/teams", "teams"),
            Map.entry("GET " + ACCOUNT + "/teams/{team_id}/team_members", "team-members"),
            Map.entry("GET " + ACCOUNT + "/inboxes/{id}", "inbox"),
            Map.entry("GET " + ACCOUNT + "/agent_bots/{id}", "agent-bot"),
            Map.entry("GET /api/v1/profile", "profile"));

    /** Calls that the sandbox knows and no route makes; a route that makes one needs a schema of it. */
    private static final Set<String> WITHOUT = Set.of(
            "GET " + ACCOUNT + "/contacts/search",
            "GET " + ACCOUNT + "/contacts/{id}",
            "PUT " + ACCOUNT + "/contacts/{id}",
            "POST " + ACCOUNT + "/contacts/{id}/contact_inboxes",
            "GET " + CONVERSATION + "/labels",
            "POST " + CONVERSATION + "/labels",
            "POST " + CONVERSATION + "/toggle_typing_status",
            "GET " + ACCOUNT + "/teams/{team_id}",
            "GET " + ACCOUNT + "/agents",
            "GET " + ACCOUNT + "/inboxes",
            "GET " + ACCOUNT + "/inbox_members/{inbox_id}");

    private static final SchemaValidatorsConfig POINTERS = SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER).build();

    private final JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private final Map<String, JsonSchema> schemas = new ConcurrentHashMap<>();
    private final ObjectMapper mapper = new ObjectMapper();

    List<Breach> check(RecordedCall call) {
        String name = call.method() + " " + call.template();
        List<Breach> breaches = new ArrayList<>();
        if (call.status() >= 400) {
            validate(breaches, name, "answer " + call.status(), "error.response", call.response());
        }
        if (!FILES.containsKey(name)) {
            if (!WITHOUT.contains(name)) {
                breaches.add(new Breach(name, "call", "", "there is no schema of this call"));
            }
        } else if (call.status() < 400) {
            boolean get = call.method().equals("GET");
            validate(breaches, name, get ? "query" : "request", FILES.get(name) + ".request",
                    get ? mapper.valueToTree(call.query()) : call.request());
            validate(breaches, name, "answer", FILES.get(name) + ".response", call.response());
        }
        return breaches;
    }

    private void validate(List<Breach> breaches, String call, String part, String file, JsonNode json) {
        JsonSchema schema = schemas.computeIfAbsent(file,
                key -> factory.getSchema(SchemaLocation.of("classpath:chatwoot/" + key + ".json"), POINTERS));
        schema.validate(json == null ? NullNode.getInstance() : json).forEach(message -> breaches.add(
                new Breach(call, part, message.getInstanceLocation().toString(), message.getMessage())));
    }
}
