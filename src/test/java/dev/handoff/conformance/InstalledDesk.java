package dev.handoff.conformance;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.handoff.Api;
import dev.handoff.App;
import dev.handoff.Database;
import dev.handoff.session.User;
import dev.handoff.support.CallFailed;
import dev.handoff.support.SupportSystems;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Assumptions;

/**
 * Handoff and a real support system, both as they are in production: the connection {@code rung} hears its webhooks and
 * does not ask; {@code swept} asks and hears none, and opens conversations again; {@code faulty} is {@code swept} behind
 * a wire whose faults a test chooses. Each has a bot of the same name.
 */
final class InstalledDesk implements AutoCloseable {

    /** How a conversation looks to an agent. Lines are {@code who: text}; status null: it is not to be seen. */
    record View(String status, String team, String assignee, List<String> lines) {
    }

    private static final List<String> CONNECTIONS = List.of("rung", "swept", "faulty");

    private final InstalledServer server;
    private final Wire wire = new Wire();
    private final App app;
    private final People people;

    private InstalledDesk(InstalledServer server, Map<String, Object> more) {
        this.server = server;
        wire.connect(new Forwarder(server.url()));
        Account account = server.account(server.url());
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("server.port", server.webhookPort());
        properties.put("spring.datasource.url", Database.H2.create());
        properties.put("spring.main.banner-mode", "off");
        properties.put("spring.config.location", "classpath:/application.yaml");
        properties.put("handoff.sandbox", false);
        properties.put("handoff.admin.keys[0]", App.ADMIN_KEY);
        properties.put("handoff.lane.first-retry", "50ms");
        properties.put("handoff.lane.longest-retry", "500ms");
        properties.put("handoff.lane.poll", "50ms");
        for (String name : CONNECTIONS) {
            Map<String, Object> settings = new LinkedHashMap<>(
                    (name.equals("faulty") ? server.account(wire.url()) : account).settings());
            settings.put("webhook-secret", InstalledServer.SECRET);
            RunningRoutes.connection(properties, name, account.system(), settings);
            properties.put("handoff.connections." + name + ".sweep", name.equals("rung") ? "1h" : "300ms");
            App.bot(properties, name, key(name), name);
            properties.put("handoff.bots." + name + ".routing.ask-intent", false);
        }
        properties.put("handoff.connections.swept.reopen", "same");
        properties.put("handoff.connections.faulty.capabilities.settles-in", "3s");
        properties.put("handoff.connections.faulty.timeout", "5s");
        properties.putAll(more);
        // An application that ran before in this process leaves its class loader with the thread that started it.
        Thread.currentThread().setContextClassLoader(InstalledDesk.class.getClassLoader());
        this.app = App.start(properties);
        try {
            this.people = new People(app.bean(CamelContext.class), account,
                    SystemFile.read(account.routes().resolve(account.system())).typed(account.settings()));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Skips the test where the system cannot be installed, and says so. */
    static InstalledDesk start(Map<String, String> environment, Map<String, Object> more) {
        try {
            return new InstalledDesk(InstalledServer.start(environment), more);
        } catch (NotHere e) {
            System.out.println("SKIPPED: the tests with a real support system: " + e.getMessage());
            Assumptions.abort(e.getMessage());
            throw e;
        }
    }

    Api bot(String name) {
        return new Api(app.url() + "/v1/bots/" + name, key(name));
    }

    People people() {
        return people;
    }

    Wire wire() {
        return wire;
    }

    String url() {
        return server.url();
    }

    App app() {
        return app;
    }

    /**
     * The refs of a session that was handed over without a word of its user, who has the session's name then.
     *
     * @param handoff the answer to the handoff
     */
    Map<String, String> refs(String bot, String session, Api.Answer handoff) {
        try {
            Map<String, String> refs = new LinkedHashMap<>(app.bean(SupportSystems.class).get(bot)
                    .createUser(new User(session, null, null, null, null, null), bot + ":" + session));
            refs.put("conversation", handoff.text("/conversation/id"));
            return refs;
        } catch (CallFailed e) {
            throw new IllegalStateException(e);
        }
    }

    View view(Map<String, String> refs) {
        JsonNode seen = Api.JSON.valueToTree(people.perform("agent-view", refs, null));
        return new View(seen.path("status").textValue(), seen.path("team").textValue(),
                seen.path("assignee").textValue(), lines(seen));
    }

    private static List<String> lines(JsonNode seen) {
        return StreamSupport.stream(seen.path("lines").spliterator(), false)
                .map(JsonNode::asText).toList();
    }

    private static String key(String name) {
        return name + "-key-0123456789";
    }

    @Override
    public void close() {
        app.close();
        wire.close();
        server.close();
    }
}
