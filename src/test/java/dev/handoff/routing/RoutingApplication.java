package dev.handoff.routing;

import dev.handoff.ConfigurationChecks;
import dev.handoff.bot.BotBeans;
import dev.handoff.routes.RouteGate;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The routing and the bots without the rest of the application. Not a component: no scan is to find it. */
@EnableAutoConfiguration
@Import({ConfigurationChecks.class, BotBeans.class, RoutingCheck.class, RoutingTables.class, StoredTables.class,
    ResolveTeamSteps.class, Routing.class, TeamsOverThere.class, RoutingHealth.class, RoutingHealthConfiguration.class,
    InMemoryTeams.class, RouteGate.class})
public class RoutingApplication {

    /** Its own settings only: not those of the application.yaml that may be in the working directory. */
    public static final String ALONE = "spring.config.location=optional:classpath:/no-settings/";
    public static final String ROUTE = "camel.main.routes-include-pattern=file:routes/handoff/resolve-team.camel.yaml";
    public static final String H2 = "spring.datasource.url=jdbc:h2:mem:${random.uuid};MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;"
            + "DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1";
}
