package dev.handoff.routes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

import dev.handoff.Problem;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes an edited route file go live, or refuses it and keeps the routes as they were. Camel's own reload removes a
 * route before it knows whether the new one can start, so each text is checked first, and the last good one kept.
 */
class RouteReload {

    private static final Logger LOG = LoggerFactory.getLogger(RouteReload.class);
    private static final long SETTLE_MILLIS = 100;

    private final CamelContext camel;
    private final RouteFiles files;
    private final RouteCheck check;
    private final RouteGate gate;
    private final Map<Path, String> live = new ConcurrentHashMap<>();

    private RouteReload(CamelContext camel, RouteFiles files, RouteCheck check, RouteGate gate) {
        this.camel = camel;
        this.files = files;
        this.check = check;
        this.gate = gate;
    }

    static void watch(CamelContext camel, RouteFiles files, RouteCheck check, RouteGate gate, List<Path> loaded) {
        RouteReload reload = new RouteReload(camel, files, check, gate);
        RouteWatcherReloadStrategy watcher = new RouteWatcherReloadStrategy(files.root().toString(), true);
        watcher.setPattern("*" + RouteFiles.SUFFIX);
        watcher.setRemoveAllRoutes(false);
        watcher.setPollTimeout(500);
        watcher.setResourceReload((name, resource) -> reload.changed(Path.of(name)));
        try {
            for (Path path : loaded) {
                reload.live.put(key(path), Files.readString(path));
            }
            camel.addService(watcher);
        } catch (Exception e) {
            throw new IllegalStateException("Cannot watch " + files.root() + ": " + reason(e), e);
        }
    }

    /** One edit may ring several times, also while the editor is still writing. */
    private synchronized void changed(Path file) throws Exception {
        if (!files.covers(file) || !Files.exists(file)) {
            return;
        }
        String text = Files.readString(file);
        String before = live.get(key(file));
        if (text.equals(before)) {
            return;
        }
        List<Problem> problems = problems(file, text);
        if (problems.isEmpty()) {
            gate.change(() -> apply(file, before, text));
            return;
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS));
        if (text.equals(Files.readString(file))) {
            refuse(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
        }
    }

    private List<Problem> problems(Path file, String text) {
        List<Problem> problems = check.problems(file.toString(), text);
        return problems.isEmpty() ? files.problems(file, YamlFile.parse(file.toString(), text)) : problems;
    }

    private void apply(Path file, String before, String text) {
        Set<String> routes = routeIds();
        try {
            Set<String> updated = load(file, text);
            live.put(key(file), text);
            LOG.info("{} is live: {}", file, String.join(", ", updated));
            ScriptWarmUp.start(camel, List.of(file));
        } catch (Exception e) {
            String why = file + ":" + line(file, text, e) + ": " + reason(e);
            restore(file, before, routes);
            refuse(why);
        }
    }

    private void restore(Path file, String before, Set<String> routes) {
        try {
            for (String id : routeIds()) {
                if (!routes.contains(id)) {
                    camel.getRouteController().stopRoute(id);
                    camel.removeRoute(id);
                }
            }
            if (before != null) {
                load(file, before);
            }
        } catch (Exception e) {
            LOG.error("{}: the routes as they were could not be brought back: {}", file, reason(e));
        }
    }

    private Set<String> load(Path file, String text) throws Exception {
        Resource resource = ResourceHelper.fromBytes("file:" + file, text.getBytes(StandardCharsets.UTF_8));
        return PluginHelper.getRoutesLoader(camel).updateRoutes(List.of(resource));
    }

    private Set<String> routeIds() {
        return camel.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().stream()
                .map(RouteDefinition::getId).collect(Collectors.toCollection(HashSet::new));
    }

    private static void refuse(String why) {
        LOG.warn("Refused, the routes go on as they were: {}", why);
    }

    /** The line of the route that the exception names, else of the first. */
    private static int line(Path file, String text, Exception e) {
        YamlFile yaml = YamlFile.parse(file.toString(), text);
        String message = String.valueOf(e.getMessage());
        for (int i = 0; i < yaml.json().size(); i++) {
            String id = yaml.json().get(i).path("route").path("id").asText();
            if (!id.isEmpty() && message.contains(id)) {
                return yaml.line(i, "route", "id");
            }
        }
        return 1;
    }

    /** The innermost reason, in one line. */
    static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String message = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return message.replaceAll("\\s+", " ").trim();
    }

    private static Path key(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
