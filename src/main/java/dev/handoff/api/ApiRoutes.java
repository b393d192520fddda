package dev.handoff.api;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.rest.RestBindingMode;

import dev.handoff.api.http.AsyncStep;
import dev.handoff.api.http.ProblemException;
import dev.handoff.api.http.ProblemType;

/**
 * The calls of the API. Ids are those of the operations in {@code openapi/handoff.yaml}. Keys are checked before a
 * route begins; what a step throws becomes a problem document after it ends, so the routes need no error handler.
 */
class ApiRoutes extends RouteBuilder {

    private final ApiJson json;
    private final Contract contract;
    private final SlowCalls slowly;
    private final SessionCalls sessions;
    private final BotCalls bots;
    private final AdminCalls admin;
    private final WebhookCalls webhooks;

    ApiRoutes(ApiJson json, Contract contract, SlowCalls slowly, SessionCalls sessions, BotCalls bots,
            AdminCalls admin, WebhookCalls webhooks) {
        this.json = json;
        this.contract = contract;
        this.slowly = slowly;
        this.sessions = sessions;
        this.bots = bots;
        this.admin = admin;
        this.webhooks = webhooks;
    }

    /** What a call does with its URL alone. */
    private interface Asked {
        Object answer(Call call) throws Exception;
    }

    /** What a call does with its URL and its body. */
    private interface Told<T> {
        Object answer(Call call, T body) throws Exception;
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        restConfiguration().component("platform-http").bindingMode(RestBindingMode.off);

        rest("/v1/bots/{bot}/sessions/{session}")
                .get().id("get-session").to("direct:get-session")
                .get("/log").id("get-log").to("direct:get-log")
                .post("/messages").id("post-message").to("direct:post-message")
                .post("/handoff").id("hand-over").to("direct:hand-over")
                .post("/close").id("close-session").to("direct:close-session")
                .post("/typing").id("set-typing").to("direct:set-typing");
        rest("/v1/bots/{bot}")
                .get("/teams").id("list-teams").to("direct:list-teams")
                .get("/routing").id("get-routing").to("direct:get-routing")
                .put("/routing").id("replace-routing").to("direct:replace-routing")
                .post("/routing/explain").id("explain-routing").to("direct:explain-routing");
        rest("/v1/admin")
                .post("/connections/{connection}/check").id("check-connection").to("direct:check-connection")
                .get("/undelivered").id("list-undelivered").to("direct:list-undelivered")
                .post("/undelivered/{id}/retry").id("retry-undelivered").to("direct:retry-undelivered")
                .put("/bots/{bot}/support").id("replace-support").to("direct:replace-support");
        rest("/v1/webhooks")
                .post("/{connection}").id("take-webhook").to("direct:take-webhook")
                .head("/{connection}").id("probe-webhook").to("direct:probe-webhook");

        sessionRoutes();
        botRoutes();
        adminRoutes();
        call("take-webhook", "Stores what a support system tells")
                .process(exchange -> exchange.getMessage().setBody(webhooks.take(exchange)))
                .process(new JsonAnswer(json));
        call("probe-webhook", "Says that webhooks are taken here")
                .process(asked(webhooks::probe))
                .process(new JsonAnswer(json));
    }

    private void sessionRoutes() {
        call("post-message", "Appends a message")
                .process(body("post-message", MessageBody.class))
                .process(told(MessageBody.class, sessions::post))
                .process(new JsonAnswer(json));
        call("hand-over", "Hands over to people; waits for the confirmation without a thread")
                .process(body("hand-over", HandoffBody.class))
                .process(new AsyncStep(sessions::handOver))
                .process(new JsonAnswer(json));
        call("close-session", "Takes the conversation back from the people")
                .process(optionalBody("close-session", CloseBody.class))
                .process(told(CloseBody.class, sessions::close))
                .process(new JsonAnswer(json));
        call("get-session", "Who has control, and what waits")
                .process(asked(sessions::state))
                .process(new JsonAnswer(json));
        call("get-log", "The session's entries in order")
                .process(asked(sessions::log))
                .process(new JsonAnswer(json));
        call("set-typing", "Says that typing is not carried yet")
                .process(asked(ApiRoutes::refuseTyping));
    }

    private void botRoutes() {
        call("list-teams", "The teams of the bot's support system")
                .process(slowlyAsked(bots::teams))
                .process(new JsonAnswer(json));
        call("get-routing", "The routing table in force")
                .process(asked(bots::routing))
                .process(new JsonAnswer(json));
        call("replace-routing", "Replaces the routing table")
                .process(body("replace-routing", RoutingBody.class))
                .process(slowlyTold(RoutingBody.class, bots::replaceRouting))
                .process(new JsonAnswer(json));
        call("explain-routing", "What a handoff would do, and why")
                .process(body("explain-routing", ExplainBody.class))
                .process(slowlyTold(ExplainBody.class, bots::explain))
                .process(new JsonAnswer(json));
    }

    private void adminRoutes() {
        call("check-connection", "Tries each setting of a connection")
                .process(slowlyAsked(admin::check))
                .process(new JsonAnswer(json));
        call("list-undelivered", "What could not be delivered")
                .process(asked(admin::undelivered))
                .process(new JsonAnswer(json));
        call("retry-undelivered", "Appends an undelivered entry anew")
                .process(asked(admin::retry))
                .process(new JsonAnswer(json));
        call("replace-support", "Replaces a bot's chain of connections")
                .process(body("replace-support", SupportBody.class))
                .process(told(SupportBody.class, admin::replaceSupport))
                .process(new JsonAnswer(json));
    }

    private RouteDefinition call(String operation, String description) {
        return from("direct:" + operation).routeId("api-" + operation).routeDescription(description);
    }

    private Processor body(String operation, Class<?> type) {
        return new JsonBody(json, contract, operation, type, false);
    }

    private Processor optionalBody(String operation, Class<?> type) {
        return new JsonBody(json, contract, operation, type, true);
    }

    private static Processor asked(Asked call) {
        return exchange -> exchange.getMessage().setBody(call.answer(Call.of(exchange)));
    }

    private static <T> Processor told(Class<T> type, Told<T> call) {
        return exchange -> exchange.getMessage().setBody(call.answer(Call.of(exchange), body(exchange, type)));
    }

    private Processor slowlyAsked(Asked call) {
        return new AsyncStep(exchange -> {
            Call what = Call.of(exchange);
            return slowly.run(() -> call.answer(what));
        });
    }

    private <T> Processor slowlyTold(Class<T> type, Told<T> call) {
        return new AsyncStep(exchange -> {
            Call what = Call.of(exchange);
            T body = body(exchange, type);
            return slowly.run(() -> call.answer(what, body));
        });
    }

    private static <T> T body(Exchange exchange, Class<T> type) {
        return exchange.getMessage().getBody(type);
    }

    private static Object refuseTyping(Call call) {
        throw new ProblemException(ProblemType.NOT_DONE_YET, "Typing is not carried yet. Nothing was done.");
    }
}
