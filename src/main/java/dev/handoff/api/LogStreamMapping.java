package dev.handoff.api;

import java.util.List;

import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.RequestPath;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.AbstractHandlerMapping;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Takes those requests for a log that want events; all others go on to the REST routes. Camel's mapping would take
 * them whatever they accept.
 */
class LogStreamMapping extends AbstractHandlerMapping {

    private static final PathPattern LOG =
            PathPatternParser.defaultInstance.parse("/v1/bots/{bot}/sessions/{session}/log");

    private final HandlerMethod stream;

    LogStreamMapping(LogStreams streams) {
        setOrder(Ordered.HIGHEST_PRECEDENCE);
        try {
            this.stream = new HandlerMethod(streams, "stream", HttpServletRequest.class, HttpServletResponse.class);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    protected Object getHandlerInternal(HttpServletRequest request) {
        if (!HttpMethod.GET.matches(request.getMethod()) || !wantsEvents(request)) {
            return null;
        }
        RequestPath path = ServletRequestPathUtils.getParsedRequestPath(request);
        PathPattern.PathMatchInfo match = LOG.matchAndExtract(path.pathWithinApplication());
        if (match == null) {
            return null;
        }
        request.setAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE, match.getUriVariables());
        return stream;
    }

    private static boolean wantsEvents(HttpServletRequest request) {
        try {
            List<MediaType> accepted = MediaType.parseMediaTypes(request.getHeader(HttpHeaders.ACCEPT));
            return accepted.stream().anyMatch(MediaType.TEXT_EVENT_STREAM::equalsTypeAndSubtype);
        } catch (InvalidMediaTypeException broken) {
            return false;
        }
    }
}
