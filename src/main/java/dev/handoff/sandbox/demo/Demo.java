package dev.handoff.sandbox.demo;

import java.util.List;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.web.context.WebServerInitializedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ResponseStatusException;

import dev.handoff.HandoffProperties;

/** Runs the demo bot as soon as the API has a port, if the bot {@code demo} is declared. */
@Component
@ConditionalOnProperty(name = "handoff.sandbox", havingValue = "true")
class Demo implements DisposableBean {

    static final String BOT = "demo";

    private final HandoffProperties handoff;
    private final ObjectMapper json;
    private volatile DemoBot bot;

    Demo(HandoffProperties handoff, ObjectMapper json) {
        this.handoff = handoff;
        this.json = json;
    }

    @EventListener
    void answers(WebServerInitializedEvent started) {
        HandoffProperties.Bot declared = handoff.bots().get(BOT);
        List<String> keys = declared == null ? List.of() : declared.keys();
        // The management port, if there is one, is another server with a name space.
        if (started.getApplicationContext().getServerNamespace() == null && !keys.isEmpty()) {
            bot = new DemoBot(new BotApi(json, "http://127.0.0.1:" + started.getWebServer().getPort(), BOT,
                    keys.get(0)));
        }
    }

    /** @throws ResponseStatusException 503 if it does not run */
    DemoBot bot() {
        DemoBot running = bot;
        if (running == null) {
            throw new ResponseStatusException(HttpStatus.SERVICE_UNAVAILABLE,
                    "There is no bot '" + BOT + "' with a key under handoff.bots");
        }
        return running;
    }

    @Override
    public void destroy() {
        if (bot != null) {
            bot.close();
        }
    }
}
