package dev.handoff.api;

import java.io.IOException;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.springframework.http.MediaType;

/** Turns the body into the answer's JSON. The request's headers go: Camel would send them back. */
class JsonAnswer implements Processor {

    private final ApiJson json;

    JsonAnswer(ApiJson json) {
        this.json = json;
    }

    @Override
    public void process(Exchange exchange) throws IOException {
        Message message = exchange.getMessage();
        byte[] body = json.bytes(message.getBody());
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, MediaType.APPLICATION_JSON_VALUE);
        message.setBody(body);
    }
}
