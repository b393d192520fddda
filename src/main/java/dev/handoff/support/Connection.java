package dev.handoff.support;

import java.time.Duration;
import java.util.Map;

/**
 * A connection whose configuration has been checked.
 *
 * @param settings as the system's schema names and types them
 */
record Connection(String name, SystemDescription system, Map<String, Object> settings,
        SupportSystem.Capabilities capabilities, Duration timeout, int concurrency, Integer messagesPerMinute,
        SupportSystem.Custom custom) {
}
