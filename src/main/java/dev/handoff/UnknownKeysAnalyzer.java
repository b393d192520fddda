package dev.handoff;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.origin.Origin;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Prints the keys under {@code handoff} that nobody knows, where they stand, and the key that was probably meant. Comes
 * before Spring Boot's own analyzer, which prints their values (a mistyped key may hold a secret), and only those of the
 * first list that has any.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnknownKeysAnalyzer extends AbstractFailureAnalyzer<UnboundConfigurationPropertiesException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("handoff");
    /** What else may be in there is not ours to refuse; the binder does not either. */
    private static final Set<String> SHARED = Set.of(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);

    private final KnownKeys known = new KnownKeys(HandoffProperties.class, PREFIX);
    private final Environment environment;

    UnknownKeysAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnboundConfigurationPropertiesException cause) {
        BindException bind = findCause(rootFailure, BindException.class);
        if (bind == null || !(PREFIX.equals(bind.getName()) || PREFIX.isAncestorOf(bind.getName()))) {
            return null;
        }
        Map<ConfigurationPropertyName, String> unknown = unknown();
        cause.getUnboundProperties().forEach(property -> unknown.putIfAbsent(property.getName(),
                line(property.getName(), property.getOrigin(), "cannot be used here")));
        return new FailureAnalysis("The configuration has keys that nobody knows:\n\n"
                + unknown.values().stream().collect(Collectors.joining("\n")),
                "Mend or remove the keys above and start again.", cause);
    }

    private Map<ConfigurationPropertyName, String> unknown() {
        Map<ConfigurationPropertyName, String> unknown = new TreeMap<>();
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable && !isShared(source)) {
                iterable.stream().filter(PREFIX::isAncestorOf).forEach(key -> known.advice(key).ifPresent(advice ->
                        unknown.putIfAbsent(key, line(key, iterable.getConfigurationProperty(key).getOrigin(), advice))));
            }
        }
        return unknown;
    }

    private static boolean isShared(ConfigurationPropertySource source) {
        return source.getUnderlyingSource() instanceof PropertySource<?> underlying && SHARED.contains(underlying.getName());
    }

    private static String line(ConfigurationPropertyName key, Origin origin, String advice) {
        return "    " + key + (origin == null ? "" : " (" + origin + ")") + ": " + advice;
    }
}
