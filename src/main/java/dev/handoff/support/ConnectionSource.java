package dev.handoff.support;

import java.util.Map;

import dev.handoff.HandoffProperties;

/** Connections that do not stand under {@code handoff.connections}. All beans of this type are asked once, at start. */
public interface ConnectionSource {

    /** By name; a name that is also configured is refused. */
    Map<String, HandoffProperties.Connection> connections();
}
