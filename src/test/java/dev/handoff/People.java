package dev.handoff;

import java.util.Map;

import dev.handoff.sandbox.ChatwootContract;
import dev.handoff.sandbox.SandboxSeed;
import dev.handoff.sandbox.SandboxServer;
import dev.handoff.sandbox.WebhookFaults;

/**
 * The application with three desks where people answer: {@code desk} tells by webhooks, {@code again} opens closed
 * conversations again and relays what it posts by itself, {@code quiet} tells nothing and is swept.
 */
final class People {

    static final String SECRET = "webhook-secret-1";
    static final String FORMER_SECRET = "webhook-secret-0";

    private static final String TWICE_KEY = "same-key-0123456789";
    private static final String PATIENT_KEY = "patient-key-0123456789";

    private final Database database;
    private final ChatwootContract contract = new ChatwootContract();
    private SandboxServer desk;
    private SandboxServer again;
    private SandboxServer quiet;
    private Map<String, Object> properties;
    private App app;

    People(Database database) {
        this.database = database;
    }

    void start() {
        SandboxSeed seed = SandboxSeed.standard().withoutAutoAssign();
        desk = Desks.start(seed, contract);
        again = Desks.start(seed, contract);
        quiet = Desks.start(seed, contract);
        properties = App.properties(database.create(), desk);
        properties.put("handoff.connections.desk.settings.webhook-secret", SECRET);
        properties.put("handoff.connections.desk.settings.webhook-secret-previous", FORMER_SECRET);
        App.connection(properties, "again", again);
        properties.put("handoff.connections.again.settings.webhook-secret", SECRET);
        properties.put("handoff.connections.again.reopen", "same");
        properties.put("handoff.connections.again.templates", "relay");
        App.bot(properties, "twice", TWICE_KEY, "again");
        App.connection(properties, "quiet", quiet);
        properties.put("handoff.connections.quiet.sweep", "200ms");
        properties.put("handoff.connections.quiet.capabilities.longest-text", 1000);
        App.bot(properties, "patient", PATIENT_KEY, "quiet");
        startApp();
    }

    void startApp() {
        app = App.start(properties);
        desk.webhooks().inbox(url("desk"), SECRET);
        again.webhooks().inbox(url("again"), SECRET);
    }

    void stopApp() {
        app.close();
    }

    void stop() {
        stopApp();
        desk.stop();
        again.stop();
        quiet.stop();
    }

    /** Webhooks as they are meant to be. */
    void faultless() {
        desk.webhooks().clear();
        desk.webhooks().inbox(url("desk"), SECRET);
    }

    /** Ends what a test made go wrong, and looks at what was said to the desks. */
    void mend() {
        desk.faults().clear();
        desk.up();
        quiet.up();
        desk.limitMessagesPerMinute(null);
        quiet.faults().clear();
        desk.webhooks().faults(WebhookFaults.NONE);
        again.webhooks().faults(WebhookFaults.NONE);
        contract.assertKept();
    }

    SandboxServer desk() {
        return desk;
    }

    SandboxServer again() {
        return again;
    }

    SandboxServer quiet() {
        return quiet;
    }

    /** Where the connection's webhooks go. */
    String url(String connection) {
        return app.url() + "/v1/webhooks/" + connection;
    }

    /** The bot on {@code desk}. */
    Api bot() {
        return app.bot();
    }

    Api admin() {
        return app.admin();
    }

    /** The bot on {@code again}. */
    Api twice() {
        return new Api(app.url() + "/v1/bots/twice", TWICE_KEY);
    }

    /** The bot on {@code quiet}. */
    Api patient() {
        return new Api(app.url() + "/v1/bots/patient", PATIENT_KEY);
    }
}
