package dev.handoff.api.http;

import java.io.IOException;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpBinding;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** Carries headers in and out as Camel does; bodies are byte arrays, read by {@link RequestBody}. */
class HttpMessageBinding extends SpringBootPlatformHttpBinding {

    HttpMessageBinding(PlatformHttpEndpoint endpoint) {
        setHeaderFilterStrategy(endpoint.getHeaderFilterStrategy());
        setMuteException(true);
        setMapHttpMessageBody(false);
        setMapHttpMessageFormUrlEncodedBody(false);
    }

    @Override
    public Object parseBody(HttpServletRequest request, Message message) {
        return null;
    }

    @Override
    protected void doWriteDirectResponse(Message message, HttpServletResponse response, Exchange exchange)
            throws IOException {
        if (message.getBody() instanceof byte[] body) {
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
        } else {
            super.doWriteDirectResponse(message, response, exchange);
        }
    }
}
