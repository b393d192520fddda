package dev.handoff.support;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;
import dev.handoff.HandoffProperties;
import org.springframework.boot.convert.DurationStyle;

/** Checks the configured connections, all of them before it refuses any. */
class Connections {

    private static final String KEY = "handoff.connections";
    private static final double LEASE_MARGIN = 1.25;

    private final SystemDescriptions systems;
    private final Duration lease;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, SystemDescription> read = new HashMap<>();

    private Connections(SystemDescriptions systems, Duration lease) {
        this.systems = systems;
        this.lease = lease;
    }

    /** @throws ConfigurationRefused with everything that is wrong */
    static List<Connection> check(HandoffProperties properties, List<ConnectionSource> sources,
            SystemDescriptions systems) {
        Connections connections = new Connections(systems, properties.lane().lease());
        Map<String, HandoffProperties.Connection> all = new LinkedHashMap<>(properties.connections());
        for (ConnectionSource source : sources) {
            source.connections().forEach((name, connection) -> {
                if (all.putIfAbsent(name, connection) != null) {
                    connections.refuse(name, "", "this name is taken by a connection of our own; choose another.");
                }
            });
        }
        if (all.isEmpty()) {
            connections.problems.add(new Problem(KEY, "there is no connection to a support system. Declare one, "
                    + "or set handoff.sandbox to true to try Handoff with the built-in stand-in."));
        }
        List<Connection> checked = new ArrayList<>();
        all.forEach((name, connection) -> checked.add(connections.checked(name, connection)));
        if (!connections.problems.isEmpty()) {
            throw new ConfigurationRefused(connections.problems);
        }
        return checked;
    }

    private Connection checked(String name, HandoffProperties.Connection given) {
        if (!"external".equals(given.mode())) {
            refuse(name, ".mode", "internal".equals(given.mode())
                    ? "internal mode is not there yet; use external, in which the bot owns the channel."
                    : "must be external.");
        }
        if (given.timeout().isNegative() || given.timeout().isZero()) {
            refuse(name, ".timeout", "must be more than 0.");
        } else if (lease.toMillis() < LEASE_MARGIN * given.timeout().toMillis()) {
            refuse(name, ".timeout", "is too long for handoff.lane.lease: the lease (" + lease.toMillis()
                    + " ms) must be at least " + LEASE_MARGIN + " times the timeout (" + given.timeout().toMillis()
                    + " ms), so that nobody takes over while a call is on its way.");
        }
        if (given.concurrency() < 1) {
            refuse(name, ".concurrency", "must be at least 1.");
        }
        if (given.messagesPerMinute() != null && given.messagesPerMinute() < 1) {
            refuse(name, ".messages-per-minute", "must be at least 1; leave it out for no limit.");
        }
        if (given.sweep().toMillis() < 1) {
            refuse(name, ".sweep", "must be more than 0.");
        }
        SystemDescription system = system(name, given.system());
        if (system == null) {
            return null;
        }
        if (given.reopen() == HandoffProperties.Reopen.SAME && !system.capabilities().reopen()) {
            refuse(name, ".reopen", "a conversation of " + system.title() + " cannot be opened again; write new.");
        }
        return new Connection(name, system,
                Settings.checked(KEY + "." + name + ".settings", given.settings(), system.settings(), problems),
                capabilities(name, system.capabilities(), given.capabilities()), given.timeout(), given.concurrency(),
                given.messagesPerMinute(), new SupportSystem.Custom(
                        given.reopen() == HandoffProperties.Reopen.SAME,
                        given.templates() == HandoffProperties.Templates.RELAY, given.sweep()));
    }

    private SystemDescription system(String name, String system) {
        if (system == null || !systems.names().contains(system)) {
            refuse(name, ".system", (system == null ? "is missing" : "there is no system called " + system)
                    + "; the folders with a system.yaml under routes/support are: "
                    + String.join(", ", systems.names()) + ".");
            return null;
        }
        if (!read.containsKey(system)) {
            read.put(system, null);
            try {
                read.put(system, systems.read(system));
            } catch (ConfigurationRefused e) {
                problems.addAll(e.problems());
            }
        }
        return read.get(system);
    }

    private SupportSystem.Capabilities capabilities(String name, SupportSystem.Capabilities own,
            Map<String, Object> overrides) {
        int longestText = own.longestText();
        Integer messagesPerMinute = own.messagesPerMinute();
        Duration settlesIn = own.settlesIn();
        for (Map.Entry<String, Object> override : overrides.entrySet()) {
            String value = String.valueOf(override.getValue());
            try {
                switch (Settings.canonical(override.getKey())) {
                    case "settlesin" -> settlesIn = DurationStyle.detectAndParse(value);
                    case "longesttext" -> longestText = positive(value);
                    case "messagesperminute" -> messagesPerMinute = positive(value);
                    default -> refuse(name, ".capabilities." + override.getKey(),
                            "only settles-in, longest-text and messages-per-minute can differ on an account.");
                }
            } catch (IllegalArgumentException e) {
                refuse(name, ".capabilities." + override.getKey(),
                        "must be a whole number above 0, and settles-in a time such as 20s.");
            }
        }
        return new SupportSystem.Capabilities(own.notes(), own.find(), own.transferAtOpening(), own.read(),
                own.sweep(), own.reopen(), own.html(), own.originalTimes(), own.firstText(), longestText,
                messagesPerMinute, settlesIn);
    }

    private static int positive(String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException();
        }
        return number;
    }

    private void refuse(String connection, String key, String message) {
        problems.add(new Problem(KEY + "." + connection + key, message));
    }
}
