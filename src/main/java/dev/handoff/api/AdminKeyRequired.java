package dev.handoff.api;

import org.springframework.web.servlet.HandlerInterceptor;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Lets a request to {@code /v1/admin/…} through if it carries an operator's key. */
class AdminKeyRequired implements HandlerInterceptor {

    private final ApiKeys keys;

    AdminKeyRequired(ApiKeys keys) {
        this.keys = keys;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        Caller caller = keys.callerOf(request);
        if (!caller.operator()) {
            throw new ProblemException(ProblemType.OTHER_KEY_NEEDED, "This key opens bot '" + caller.bot()
                    + "' only. Operators' keys stand in the configuration under handoff.admin.keys.");
        }
        return true;
    }
}
