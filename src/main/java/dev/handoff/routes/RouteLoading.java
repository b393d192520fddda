package dev.handoff.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.handoff.ConfigurationRefused;
import dev.handoff.Problem;
import org.apache.camel.CamelContext;
import org.apache.camel.LoggingLevel;
import org.apache.camel.model.Model;
import org.apache.camel.model.RedeliveryPolicyDefinition;
import org.apache.camel.model.errorhandler.DefaultErrorHandlerDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.PluginHelper;

/** Loads the route files of the folders in use, and begins to watch them. */
class RouteLoading implements CamelContextConfiguration {

    private final RouteFiles files;
    private final RouteCheck check;
    private final RouteGate gate;

    RouteLoading(RouteFiles files, RouteCheck check, RouteGate gate) {
        this.files = files;
        this.check = check;
        this.gate = gate;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        camel.getCamelContextExtension().setErrorHandlerFactory(quietErrorHandler());
        List<Path> paths = files.all();
        load(camel, paths);
        List<Problem> problems = files.problems(paths);
        if (!problems.isEmpty()) {
            throw new ConfigurationRefused(problems);
        }
        requireRoutes(camel);
        RouteReload.watch(camel, files, check, gate, paths);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {
        ScriptWarmUp.start(camel, files.all());
    }

    private void load(CamelContext camel, List<Path> paths) {
        try {
            List<Resource> resources = new ArrayList<>();
            for (Path path : paths) {
                resources.add(PluginHelper.getResourceLoader(camel).resolveResource("file:" + path));
            }
            PluginHelper.getRoutesLoader(camel).loadRoutes(resources);
        } catch (Exception e) {
            throw new ConfigurationRefused(why(paths, e));
        }
    }

    /** Our check tells the line better than the loader does; what it does not find, the loader has to say. */
    private List<Problem> why(List<Path> paths, Exception e) {
        List<Problem> problems = new ArrayList<>();
        for (Path path : paths) {
            try {
                problems.addAll(check.problems(path.toString(), Files.readString(path)));
            } catch (IOException unreadable) {
                problems.add(new Problem(path.toString(), "cannot be read."));
            }
        }
        return problems.isEmpty() ? List.of(new Problem(files.root().toString(), RouteReload.reason(e))) : problems;
    }

    private void requireRoutes(CamelContext camel) {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        List<Problem> problems = files.required().stream()
                .filter(route -> model.getRouteDefinition(route.substring(route.lastIndexOf('/') + 1)) == null)
                .map(route -> new Problem(files.root().resolve(route.substring(0, route.lastIndexOf('/'))).toString(),
                        "has no route with the id " + route.substring(route.lastIndexOf('/') + 1)
                                + "; the README in routes/support says what it must do."))
                .toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationRefused(problems);
        }
    }

    /** Who called gets the exception; in the log it would bring stack traces and the users' texts. */
    private static DefaultErrorHandlerDefinition quietErrorHandler() {
        RedeliveryPolicyDefinition policy = new RedeliveryPolicyDefinition();
        policy.setMaximumRedeliveries("0");
        policy.setLogExhausted("false");
        policy.setLogExhaustedMessageHistory("false");
        policy.setLogExhaustedMessageBody("false");
        policy.setLogStackTrace("false");
        DefaultErrorHandlerDefinition quiet = new DefaultErrorHandlerDefinition();
        quiet.setRedeliveryPolicy(policy);
        // Without redeliveries Camel logs by this level, whatever the policy says.
        quiet.setLevel(LoggingLevel.OFF.name());
        return quiet;
    }
}
