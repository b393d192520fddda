package dev.handoff.api;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

import com.fasterxml.jackson.databind.JsonNode;

import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;

import jakarta.servlet.http.HttpServletRequest;

/** Turns the body into the operation's record, or refuses it. */
class JsonBody implements Processor {

    private final ApiJson json;
    private final Contract contract;
    private final String operation;
    private final Class<?> type;
    private final boolean optional;

    /** @param optional whether no body at all is as good as {@code {}} */
    JsonBody(ApiJson json, Contract contract, String operation, Class<?> type, boolean optional) {
        this.json = json;
        this.contract = contract;
        this.operation = operation;
        this.type = type;
        this.optional = optional;
    }

    @Override
    public void process(Exchange exchange) {
        byte[] bytes = exchange.getMessage().getBody(byte[].class);
        if (bytes == null && optional) {
            bytes = new byte[] {'{', '}'};
        } else {
            checkMediaType(Call.of(exchange).request());
        }
        if (bytes == null) {
            throw missing();
        }
        JsonNode tree = json.tree(bytes);
        if (tree.isMissingNode()) {
            throw missing();
        }
        contract.check(operation, tree);
        exchange.getMessage().setBody(json.convert(tree, type));
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemType.MALFORMED_JSON, "The body is empty. Send a JSON object.");
    }

    private static void checkMediaType(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Encoding is not supported: send the JSON uncompressed.")
                    .header(HttpHeaders.ACCEPT_ENCODING, "identity");
        }
        if (!isJson(request.getContentType())) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Send JSON, with the header Content-Type: application/json.")
                    .header(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE);
        }
    }

    private static boolean isJson(String contentType) {
        try {
            return contentType != null
                    && MediaType.APPLICATION_JSON.equalsTypeAndSubtype(MediaType.parseMediaType(contentType));
        } catch (InvalidMediaTypeException broken) {
            return false;
        }
    }
}
