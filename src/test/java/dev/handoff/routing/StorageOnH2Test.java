package dev.handoff.routing;

import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = RoutingApplication.H2)
class StorageOnH2Test extends StorageContract {
}
