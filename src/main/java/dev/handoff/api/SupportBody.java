package dev.handoff.api;

import java.util.List;

/** A bot's chain of connections. */
record SupportBody(List<String> support) {
}
