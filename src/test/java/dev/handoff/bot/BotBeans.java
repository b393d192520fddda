package dev.handoff.bot;

import org.springframework.context.annotation.Import;

/** The beans of this package, for tests that start without the rest of the application. */
@Import({Bots.class, BotsCheck.class, CallbackCheck.class, DeclaredBotIds.class, SupportChains.class})
public class BotBeans {
}
