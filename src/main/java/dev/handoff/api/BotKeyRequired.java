package dev.handoff.api;

import java.util.Map;

import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Lets a request to {@code /v1/bots/{bot}/…} through if it carries a key of that bot. */
class BotKeyRequired implements HandlerInterceptor {

    private final ApiKeys keys;

    BotKeyRequired(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Caller caller = keys.callerOf(request);
        if (caller.operator()) {
            throw new ProblemException(ProblemType.OTHER_KEY_NEEDED,
                    "This is an operator's key; it opens /v1/admin only. Send a key of the bot.");
        }
        Object parts = request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        if (parts instanceof Map<?, ?> path && path.containsKey("bot") && !caller.bot().equals(path.get("bot"))) {
            throw new ProblemException(ProblemType.UNKNOWN_BOT, "This key opens bot '" + caller.bot()
                    + "' only. Call /v1/bots/" + caller.bot() + "/… or send the key of the bot that you mean.");
        }
        return true;
    }
}
