package dev.handoff.support;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** All connections, in the order of the configuration. */
class ConfiguredSystems implements SupportSystems {

    private final Map<String, SupportSystem> systems = new LinkedHashMap<>();

    ConfiguredSystems(Function<Connection, SupportSystem> system, List<Connection> connections) {
        connections.forEach(connection -> systems.put(connection.name(), system.apply(connection)));
    }

    @Override
    public SupportSystem get(String connection) {
        SupportSystem system = systems.get(connection);
        if (system == null) {
            throw new IllegalArgumentException("There is no connection called " + connection + "; there are "
                    + String.join(", ", systems.keySet()) + ".");
        }
        return system;
    }

    @Override
    public Collection<SupportSystem> all() {
        return Collections.unmodifiableCollection(systems.values());
    }
}
