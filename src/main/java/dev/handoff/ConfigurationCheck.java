package dev.handoff;

import java.util.List;

/** Looks at one part of the configuration at start. All checks are asked before any problem is told. */
public interface ConfigurationCheck {

    /** What is wrong; empty when nothing is. */
    List<Problem> problems(HandoffProperties properties);
}
