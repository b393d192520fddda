package dev.handoff;

import java.util.List;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/** Asks every {@link ConfigurationCheck} at start; whoever needs a configuration that was checked asks for this bean. */
@Component
@EnableConfigurationProperties(HandoffProperties.class)
public class ConfigurationChecks {

    private final HandoffProperties properties;

    /** @throws ConfigurationRefused with the problems of all checks */
    public ConfigurationChecks(HandoffProperties properties, List<ConfigurationCheck> checks) {
        List<Problem> problems = checks.stream().flatMap(check -> check.problems(properties).stream()).toList();
        if (!problems.isEmpty()) {
            throw new ConfigurationRefused(problems);
        }
        this.properties = properties;
    }

    /** The configuration, free of problems. */
    public HandoffProperties checked() {
        return properties;
    }
}
