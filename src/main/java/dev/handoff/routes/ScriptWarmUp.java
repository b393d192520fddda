package dev.handoff.routes;

import java.nio.file.Path;
import java.util.List;

import org.apache.camel.CamelContext;
import org.apache.camel.language.groovy.GroovyLanguage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles the scripts of route files in the background: the first takes more than a second, and would make the first
 * user wait for it.
 */
final class ScriptWarmUp {

    private static final Logger LOG = LoggerFactory.getLogger(ScriptWarmUp.class);

    private ScriptWarmUp() {
    }

    static void start(CamelContext camel, List<Path> files) {
        Thread thread = new Thread(() -> compile(camel, files), "script-warm-up");
        thread.setDaemon(true);
        thread.start();
    }

    private static void compile(CamelContext camel, List<Path> files) {
        long begin = System.nanoTime();
        int[] count = {0};
        GroovyLanguage groovy = (GroovyLanguage) camel.resolveLanguage("groovy");
        for (Path file : files) {
            RouteCheck.scripts(YamlFile.read(file), (path, script) -> {
                compile(groovy, script);
                count[0]++;
            });
        }
        LOG.debug("{} scripts compiled in {} ms", count[0], (System.nanoTime() - begin) / 1_000_000);
    }

    /** Camel keeps a compiled script once it has been run; what it makes of an empty exchange is of no interest. */
    private static void compile(GroovyLanguage groovy, String script) {
        try {
            groovy.validateExpression(script);
        } catch (Exception e) {
            LOG.trace("A script that needs a body", e);
        }
    }
}
