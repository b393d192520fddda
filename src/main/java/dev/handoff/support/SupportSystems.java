package dev.handoff.support;

import java.util.Collection;

/** The configured connections. */
public interface SupportSystems {

    /** @throws IllegalArgumentException if there is no such connection */
    SupportSystem get(String connection);

    Collection<SupportSystem> all();
}
