package dev.handoff;

import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Prints the keys under {@code handoff} that nobody knows, where they stand, and the key that was probably meant.
 * Comes before Spring Boot's own analyzer, which would print their values: a mistyped key may hold a secret.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnknownKeysAnalyzer extends AbstractFailureAnalyzer<BindException> {

    private final KnownKeys known = new KnownKeys(HandoffProperties.class, "handoff");

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
        if (!cause.getName().toString().equals("handoff")
                || !(cause.getCause() instanceof UnboundConfigurationPropertiesException unbound)) {
            return null;
        }
        String lines = unbound.getUnboundProperties().stream().map(this::line).sorted().collect(Collectors.joining("\n"));
        return new FailureAnalysis("The configuration has keys that nobody knows:\n\n" + lines,
                "Mend or remove the keys above and start again.", cause);
    }

    private String line(ConfigurationProperty property) {
        String where = property.getOrigin() == null ? "" : " (" + property.getOrigin() + ")";
        return "    " + property.getName() + where + ": " + known.advice(property.getName());
    }
}
