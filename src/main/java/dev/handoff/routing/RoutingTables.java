package dev.handoff.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.handoff.ConfigurationChecks;
import dev.handoff.FieldsRefused;
import dev.handoff.FieldsRefused.Fault;
import dev.handoff.OwnedByFile;
import dev.handoff.bot.Bots;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Service;

/** The routing tables of all bots: those that {@code application.yaml} declares, and those that were set by the API. */
@Service
public class RoutingTables {

    private static final Logger LOG = LoggerFactory.getLogger(RoutingTables.class);
    /** How long another replica may go on with the table before. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Bots bots;
    private final TeamsOverThere teams;
    private final ProducerTemplate camel;
    private final ObjectMapper json;
    private final Map<String, RoutingTable> declared = new HashMap<>();
    private final LoadingCache<String, Optional<RoutingTable>> stored;

    RoutingTables(ConfigurationChecks configuration, Bots bots, TeamsOverThere teams, ProducerTemplate camel,
            ObjectMapper json) {
        this.bots = bots;
        this.teams = teams;
        this.camel = camel;
        this.json = json;
        this.stored = Caffeine.newBuilder().expireAfterWrite(FRESH).build(this::read);
        configuration.checked().bots().forEach((id, bot) -> {
            if (bot.routing() != null) {
                RoutingTable table = RoutingTable.of(bot.routing());
                declared.put(id, table);
                warn(id, table);
            }
        });
    }

    /**
     * The bot's table; empty when it has none.
     *
     * @throws dev.handoff.bot.UnknownBot if there is no such bot
     */
    public Optional<RoutingTable> of(String bot) {
        bots.get(bot);
        RoutingTable table = declared.get(bot);
        return table != null ? Optional.of(table) : stored.get(bot);
    }

    /**
     * Sets the bot's table. It serves at once here, and within five seconds on other replicas.
     *
     * @throws dev.handoff.bot.UnknownBot if there is no such bot
     * @throws OwnedByFile                if the configuration declares the bot's table
     * @throws FieldsRefused              if something in it cannot be, or a team is not there
     * @throws TeamsUnknown               if the teams cannot be read, so that nobody knows whether they are there
     */
    public void put(String bot, RoutingTable table) {
        String connection = bots.get(bot).connection().orElse(null);
        if (declared.containsKey(bot)) {
            throw new OwnedByFile("handoff.bots." + bot + ".routing");
        }
        List<Fault> faults = new RoutingTableReview(table).faults();
        if (!faults.isEmpty()) {
            throw new FieldsRefused(faults);
        }
        if (connection == null) {
            throw new TeamsUnknown("The bot " + bot + " has no connection whose teams the table could name: set handoff.bots."
                    + bot + ".support, or PUT /v1/admin/bots/" + bot + "/support, first");
        }
        List<Fault> unknown = unknownTeams(table, teams.fresh(connection), connection);
        if (!unknown.isEmpty()) {
            throw new FieldsRefused(unknown);
        }
        write(bot, table);
        stored.invalidate(bot);
        warn(bot, table);
    }

    private static List<Fault> unknownTeams(RoutingTable table, Teams teams, String connection) {
        List<Fault> faults = new ArrayList<>();
        table.teamsByPath().forEach((path, team) -> {
            if (teams.find(team).isEmpty()) {
                faults.add(new Fault(path, teams.denial(team, connection)));
            }
        });
        return faults;
    }

    private static void warn(String bot, RoutingTable table) {
        new RoutingTableReview(table).warnings()
                .forEach(warning -> LOG.warn("The routing table of the bot {}: {}", bot, warning));
    }

    private Optional<RoutingTable> read(String bot) throws JsonProcessingException {
        String body = run(StoredTables.READ, bot, null).getMessage().getBody(String.class);
        return body == null ? Optional.empty() : Optional.of(json.readValue(body, RoutingTable.class));
    }

    private void write(String bot, RoutingTable table) {
        try {
            run(StoredTables.WRITE, bot, json.writeValueAsString(table));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Exchange run(String route, String bot, String body) {
        Exchange done = camel.request(route, exchange -> {
            exchange.setVariable("bot", bot);
            exchange.getMessage().setBody(body);
        });
        if (done.getException() != null) {
            throw new IllegalStateException("The routing table of the bot " + bot + " could not be read or written",
                    done.getException());
        }
        return done;
    }
}
