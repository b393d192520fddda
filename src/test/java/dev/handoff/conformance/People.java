package dev.handoff.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** What people do over there: the routes of {@code agent.camel.yaml}. With recordings nothing is done. */
final class People {

    static final String FILE = "agent.camel.yaml";

    private final CamelContext camel;
    private final ProducerTemplate template;
    private final Account account;
    private final Map<String, Object> settings;
    private final Path file;

    /** @param settings with the server's own address */
    People(CamelContext camel, Account account, Map<String, Object> settings) throws Exception {
        this.camel = camel;
        this.template = camel.createProducerTemplate();
        this.account = account;
        this.settings = settings;
        this.file = account.file(FILE);
        if (!account.isRecorded() && Files.exists(file)) {
            PluginHelper.getRoutesLoader(camel).loadRoutes(
                    ResourceHelper.resolveMandatoryResource(camel, "file:" + file.toAbsolutePath()));
        }
    }

    String reply(Map<String, String> refs, String text) {
        return text(perform("agent-reply", refs, text));
    }

    void note(Map<String, String> refs, String text) {
        perform("agent-note", refs, text);
    }

    void delete(Map<String, String> refs, String message) {
        perform("agent-delete", refs, message);
    }

    void assign(Map<String, String> refs) {
        perform("agent-assign", refs, null);
    }

    void unassign(Map<String, String> refs) {
        perform("agent-unassign", refs, null);
    }

    void team(Map<String, String> refs) {
        perform("agent-team", refs, Map.of("id", account.otherTeam().id(), "name", account.otherTeam().name()));
    }

    void resolve(Map<String, String> refs) {
        perform("agent-resolve", refs, null);
    }

    void automatic(Map<String, String> refs, String text) {
        perform("automatic-message", refs, text);
    }

    /** Whether somebody can do this. */
    boolean can(String action) {
        return camel.getRoute(id(action)) != null;
    }

    /** @throws NotTried if nobody can do this */
    Object perform(String action, Map<String, String> refs, Object body) {
        if (account.isRecorded()) {
            return null;
        }
        if (!can(action)) {
            throw new NotTried("it needs a person over there: the route " + id(action) + " in " + file);
        }
        Exchange exchange = new DefaultExchange(camel);
        exchange.getIn().setBody(body);
        exchange.setVariable("settings", settings);
        exchange.setVariable("timeout", 16_000L);
        exchange.setVariable("refs", refs);
        exchange.setVariable("agent", account.agent());
        template.send("direct:" + id(action), exchange);
        if (exchange.getException() != null && account.isLive()) {
            throw new NotTried("in this account nobody did it, the route " + id(action) + " failed: "
                    + exchange.getException().getMessage() + "; -Dagent.<name>=… sets what it finds as 'agent'");
        }
        if (exchange.getException() != null) {
            throw new Mismatch("the route " + id(action) + " does what a person does", exchange.getException(),
                    "mend it in " + file);
        }
        return exchange.getMessage().getBody();
    }

    private String id(String action) {
        return account.system() + "-" + action;
    }

    private static String text(Object id) {
        return id == null ? null : id.toString();
    }
}
