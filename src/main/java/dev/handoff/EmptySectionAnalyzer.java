package dev.handoff;

import java.util.List;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.convert.ConverterNotFoundException;

/**
 * Tells of a key under {@code handoff} that should have keys below it, and has nothing or a plain value. Comes before
 * Spring Boot's own analyzer, which speaks of converters.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class EmptySectionAnalyzer extends AbstractFailureAnalyzer<ConverterNotFoundException> {

    private static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("handoff");

    private final KnownKeys known = new KnownKeys(HandoffProperties.class, PREFIX);

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ConverterNotFoundException cause) {
        BindException bind = innermost(rootFailure);
        if (bind == null || !PREFIX.isAncestorOf(bind.getName())) {
            return null;
        }
        List<String> below = known.below(bind.getName());
        return new FailureAnalysis("The configuration cannot be used as it is:\n\n    " + bind.getName()
                + ": has no value that fits; write " + (below.isEmpty() ? "your own names" : String.join(", ", below))
                + " below it, as far as they are needed, or remove it", "Mend the key above and start again.", cause);
    }

    private static BindException innermost(Throwable failure) {
        BindException found = null;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException bind) {
                found = bind;
            }
        }
        return found;
    }
}
