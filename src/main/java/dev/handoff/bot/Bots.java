package dev.handoff.bot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import dev.handoff.ConfigurationChecks;
import dev.handoff.FieldsRefused;
import dev.handoff.FieldsRefused.Fault;
import dev.handoff.HandoffProperties;
import dev.handoff.OwnedByFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

/** All bots. They are declared in {@code application.yaml}; a support chain that is not declared there can be set here. */
@Component
public class Bots {

    private static final Logger LOG = LoggerFactory.getLogger(Bots.class);

    private final Map<String, HandoffProperties.Bot> declared;
    private final ConnectionNames connections;
    private final SupportChains chains;
    private final Set<String> toldStale = ConcurrentHashMap.newKeySet();

    Bots(ConfigurationChecks configuration, SupportChains chains) {
        this.declared = configuration.checked().bots();
        this.connections = ConnectionNames.of(configuration.checked());
        this.chains = chains;
    }

    public Optional<Bot> find(String id) {
        return Optional.ofNullable(declared.get(id)).map(bot -> new Bot(id, chain(id, bot), bot.deadline(),
                bot.failover()));
    }

    /** @throws UnknownBot if no bot of this id is declared */
    public Bot get(String id) {
        return find(id).orElseThrow(() -> new UnknownBot(id));
    }

    /** The ids of all bots. */
    public Collection<String> ids() {
        return declared.keySet();
    }

    /**
     * Sets the chain of connections, the preferred one first.
     *
     * @throws UnknownBot    if no bot of this id is declared
     * @throws OwnedByFile   if the file declares the chain
     * @throws FieldsRefused if it is empty, or names an unknown connection or one twice
     */
    public Bot setSupport(String id, List<String> support) {
        if (!Optional.ofNullable(declared.get(id)).orElseThrow(() -> new UnknownBot(id)).support().isEmpty()) {
            throw new OwnedByFile("handoff.bots." + id + ".support");
        }
        List<Fault> faults = faults(support);
        if (!faults.isEmpty()) {
            throw new FieldsRefused(faults);
        }
        chains.store(id, support);
        return get(id);
    }

    private List<Fault> faults(List<String> support) {
        List<Fault> faults = new ArrayList<>();
        if (support.isEmpty()) {
            faults.add(new Fault("/support", "is empty: name at least one connection"));
        }
        connections.faults(support).forEach((i, fault) -> faults.add(new Fault("/support/" + i, fault)));
        return faults;
    }

    private List<String> chain(String id, HandoffProperties.Bot bot) {
        return bot.support().isEmpty() ? chains.of(id).map(chain -> existing(id, chain)).orElse(List.of()) : bot.support();
    }

    /** A stored chain outlives the connections it names; what is gone from the file is left out, and told once. */
    private List<String> existing(String id, List<String> chain) {
        for (String name : chain) {
            if (!connections.contains(name) && toldStale.add(id + " " + name)) {
                LOG.warn("The support chain set for the bot {} names the connection {}, which is not declared any more:"
                        + " it is left out. Declare it, or set the chain again with PUT /v1/admin/bots/{}/support",
                        id, name, id);
            }
        }
        return chain.stream().filter(connections::contains).toList();
    }
}
