package dev.handoff.support;

import java.util.List;
import java.util.stream.Stream;

import dev.handoff.routes.RouteFolders;

/** The folders of the systems that are in use, and the operations that each must have. */
class SupportRoutes implements RouteFolders {

    private static final String FOLDER = "support/";
    private static final List<String> ALWAYS =
            List.of("create-user", "create-conversation", "post", "teams", "transfer", "state", "close", "check");

    private final List<SystemDescription> systems;

    SupportRoutes(List<Connection> connections) {
        this.systems = connections.stream().map(Connection::system).distinct().toList();
    }

    @Override
    public List<String> folders() {
        return systems.stream().map(system -> FOLDER + system.name()).toList();
    }

    @Override
    public List<String> required() {
        return systems.stream().flatMap(system -> operations(system)
                .map(operation -> FOLDER + system.name() + "/" + system.name() + "-" + operation)).toList();
    }

    private static Stream<String> operations(SystemDescription system) {
        return Stream.of(ALWAYS.stream(), Stream.of("find").filter(find -> system.capabilities().find()),
                Stream.of("availability").filter(availability -> system.availability()),
                Stream.of("receive").filter(receive -> system.webhook() != null),
                Stream.of("events-since").filter(read -> system.capabilities().read()),
                Stream.of("changed-since").filter(sweep -> system.capabilities().sweep()),
                Stream.of("reopen").filter(reopen -> system.capabilities().reopen())).flatMap(s -> s);
    }
}
