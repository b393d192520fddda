package dev.handoff.sandbox;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A call that Chatwoot would not do, with the answer that it gives. */
final class Refusal extends RuntimeException {

    private final transient Answer answer;

    private Refusal(Answer answer) {
        super(answer.toString(), null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    static Refusal notFound() {
        return new Refusal(Answer.error(404, "Resource could not be found"));
    }

    static Refusal noToken() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putArray("errors").add("You need to sign in or sign up before continuing.");
        return new Refusal(new Answer(401, body));
    }

    static Refusal wrongToken() {
        return new Refusal(Answer.error(401, "Invalid Access Token"));
    }

    /** A record failed validation: Chatwoot names the attributes. */
    static Refusal invalid(List<String> messages, List<String> attributes) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("message", String.join(", ", messages));
        ArrayNode names = body.putArray("attributes");
        attributes.forEach(names::add);
        return new Refusal(new Answer(422, body));
    }

    static Refusal unprocessable(String error) {
        return new Refusal(Answer.error(422, error));
    }

    static Refusal badRequest() {
        return new Refusal(Answer.rails(400, "Bad Request"));
    }

    /** An exception that nobody in Chatwoot handles. */
    static Refusal crash() {
        return new Refusal(Answer.rails(500, "Internal Server Error"));
    }
}
